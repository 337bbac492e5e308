import { readFile, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { parseYaml } from '../files/index.ts';
import { applicationProblems, applicationSchema, firstIssue, type Application } from '../model/index.ts';

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
  const application = parseApplication(await readFile(path, 'utf8'), name);
  if (application.name !== name)
    throw new ManifestError(`application "${name}": field "name": must be "${name}", the name of its folder`);
  await assertSources(application, join(directory, name));
  return application;
}

async function assertSources({ name, kit, modules, changes = {} }: Application, folder: string): Promise<void> {
  const sources = [
    ['kit', kit] as const,
    ...Object.entries(modules).flatMap(([module, { source, examples }]) => [
      [`modules.${module}.source`, source] as const,
      ...(examples === undefined ? [] : [[`modules.${module}.examples`, examples] as const]),
    ]),
    ...Object.entries(changes).map(([change, { patch }]) => [`changes.${change}.patch`, patch] as const),
  ];
  const folders = Object.entries(modules).flatMap(([module, { languages = {} }]) =>
    Object.entries(languages).map(([language, place]) => [`modules.${module}.languages.${language}`, place] as const),
  );
  const named = [
    ...sources.map((source) => [...source, 'file'] as const),
    ...folders.map((place) => [...place, 'folder'] as const),
  ];
  for (const [field, place, what] of named) {
    if (isAbsolute(place))
      throw new ManifestError(`application "${name}": field "${field}": must be relative to the manifest`);
    const facts = await stat(resolve(folder, place)).catch(() => null);
    if (!(what === 'file' ? facts?.isFile() : facts?.isDirectory()))
      throw new ManifestError(
        `application "${name}": field "${field}": there is no ${what} "${place}" from the manifest`,
      );
  }
}

/** Checks the text of a manifest, its cross-references included. Throws ManifestError. */
export function parseApplication(text: string, name: string): Application {
  const data = asManifest(name, () => parseYaml(text, 'the manifest'));
  const parsed = applicationSchema.safeParse(data);
  if (!parsed.success) throw new ManifestError(`application "${name}": ${firstIssue(parsed.error)}`);
  const [first] = applicationProblems(parsed.data);
  if (first !== undefined) throw new ManifestError(`application "${name}": field "${first.path}": ${first.problem}`);
  return parsed.data;
}

function asManifest<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ManifestError(`application "${name}": ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
