import { z } from 'zod';
import type { AgentClient } from '../agent/index.ts';
import { DeployError } from './deploy-error.ts';
import type { Fleet } from './fleet.ts';

const documentSchema = z.looseObject({
  openapi: z.string().startsWith('3.1'),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string().startsWith('/').max(500), z.looseObject({})),
});
/** An OpenAPI 3.1 document, as far as it is read here. */
export type ApiDocument = z.infer<typeof documentSchema>;

/** Longest that a unit may take to write its document, ms. */
const patienceMs = 10_000;

/** The OpenAPI document of each unit that serves, by name, as it says itself. Throws DeployError that names the unit whose document cannot be had. */
export async function documentsOf(
  agent: AgentClient,
  fleet: Fleet,
  units: readonly string[],
): Promise<Map<string, ApiDocument>> {
  const documents = new Map<string, ApiDocument>();
  // One after another: a document is work for a unit that serves.
  for (const unit of units) documents.set(unit, await documentOf(agent, unit, fleet.find(unit).running.serviceUrl));
  return documents;
}

async function documentOf(agent: AgentClient, unit: string, serviceUrl: string): Promise<ApiDocument> {
  const url = `${serviceUrl}/openapi.json`;
  const answer = await agent
    .request({ method: 'GET', url, headers: {}, body: null, timeoutMs: patienceMs })
    .catch((error: unknown) => {
      throw new DeployError(
        `unit "${unit}" does not show its OpenAPI document: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
  if (answer.status !== 200)
    throw new DeployError(`unit "${unit}" does not show its OpenAPI document: it answered ${answer.status}`);
  const read = documentSchema.safeParse(jsonOf(answer.body));
  if (!read.success)
    throw new DeployError(`unit "${unit}" shows an OpenAPI document that is none: ${z.prettifyError(read.error)}`);
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** All of them as one: no two units have a path in common. Pure. */
export function oneDocument(documents: ReadonlyMap<string, ApiDocument>): ApiDocument {
  const paths = Object.assign({}, ...[...documents.values()].map((document) => document.paths)) as ApiDocument['paths'];
  return { openapi: '3.1.0', info: { title: 'application', version: '1' }, paths };
}
