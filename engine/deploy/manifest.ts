import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import {
  applicationSchema,
  bookSchema,
  namedTopology,
  prototypeNamePath,
  topologyProblems,
  type Application,
} from '../model/index.ts';

const maximumBytes = 1_000_000;

/** An application's manifest cannot be used; the message says which field and what is allowed. */
export class ManifestError extends Error {
  override name = 'ManifestError';
}

/** Names of the applications found below `directory`, sorted. */
export async function listApplications(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async (entry) => ((await exists(join(directory, entry.name, 'application.yaml'))) ? entry.name : null)),
  );
  return found.filter((name) => name !== null).toSorted();
}

/** Reads and checks `<directory>/<name>/application.yaml`. Throws ManifestError. */
export async function loadApplication(directory: string, name: string): Promise<Application> {
  const path = join(directory, name, 'application.yaml');
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(name) || !(await exists(path))) {
    const known = await listApplications(directory).catch(() => []);
    throw new ManifestError(`unknown application "${name}"; allowed: ${known.join(', ')}`);
  }
  if ((await stat(path)).size > maximumBytes)
    throw new ManifestError(`application "${name}": the manifest is larger than 1 MB`);
  return parseApplication(await readFile(path, 'utf8'), name);
}

/** Checks the text of a manifest, its cross-references included. Throws ManifestError. */
export function parseApplication(text: string, name: string): Application {
  let data: unknown;
  try {
    data = parse(text, { maxAliasCount: 20 });
  } catch (error) {
    throw new ManifestError(
      `application "${name}": the manifest is not YAML: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const dropped = prototypeNamePath(data);
  if (dropped !== undefined)
    throw new ManifestError(`application "${name}": field "${dropped}": nothing can be named __proto__`);
  const parsed = applicationSchema.safeParse(data);
  if (!parsed.success) throw new ManifestError(`application "${name}": ${firstIssue(parsed.error)}`);
  const problem = referenceProblems(parsed.data)[0];
  if (problem !== undefined) throw new ManifestError(`application "${name}": ${problem}`);
  return parsed.data;
}

/** The first problem of a failed parse as `field: what is allowed`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'not valid';
  const path = issue.path.map(String).join('.');
  return `${path === '' ? 'the file' : `field "${path}"`}: ${issue.message}`;
}

function referenceProblems(application: Application): string[] {
  const modules = new Set(Object.keys(application.modules));
  const endpoints = new Set(Object.keys(application.endpoints));
  const problems: string[] = [];
  const moduleAt = (field: string, module: string) => {
    if (!modules.has(module))
      problems.push(`field "${field}": unknown module "${module}"; allowed: ${[...modules].join(', ')}`);
  };
  moduleAt('entry', application.entry);
  for (const [name, module] of Object.entries(application.modules)) {
    for (const use of module.uses) moduleAt(`modules.${name}.uses`, use.module);
  }
  problems.push(...bookProblems(application));
  for (const [name, endpoint] of Object.entries(application.endpoints)) {
    for (const need of Object.keys(endpoint.needs)) moduleAt(`endpoints.${name}.needs`, need);
  }
  for (const [name, journey] of Object.entries(application.journeys)) {
    for (const [index, step] of journey.steps.entries()) {
      if (!endpoints.has(step.endpoint)) {
        problems.push(
          `field "journeys.${name}.steps.${index}.endpoint": unknown endpoint "${step.endpoint}"; allowed: ${[...endpoints].join(', ')}`,
        );
      }
    }
  }
  for (const name of Object.keys(application.topologies)) {
    const topology = namedTopology(application, name);
    if (topology !== undefined) problems.push(...topologyProblems(topology, application));
  }
  return problems;
}

/** A book kept twice has no one truth, and what clients were told can only be held against a book of orders. */
function bookProblems(application: Application): string[] {
  const modules = Object.entries(application.modules);
  const twice = bookSchema.options
    .map((book) => ({ book, keepers: modules.filter(([, { keeps }]) => keeps.includes(book)).map(([name]) => name) }))
    .filter(({ keepers }) => keepers.length > 1)
    .map(
      ({ book, keepers: [first, second] }) =>
        `field "modules.${second}.keeps": "${book}" is kept by "${first}" already; allowed: one module a book`,
    );
  const told = Object.entries(application.journeys).find(([, { steps }]) => steps.some((step) => step.ledger));
  if (told === undefined || modules.some(([, { keeps }]) => keeps.includes('orders'))) return twice;
  return [
    ...twice,
    `field "journeys.${told[0]}": a step has a "ledger", but no module keeps "orders"; add "keeps: [orders]" to the one that does`,
  ];
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
