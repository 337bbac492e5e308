import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Edit, Laboratory } from '../deploy/index.ts';
import { firstIssue, own, printable, type Application } from '../model/index.ts';
import { ContractError } from './contract-error.ts';
import { readContract, type Contract } from './document.ts';
import { isTooDeep, shortened } from './json.ts';

/** The modules' own code says what their contracts are, so it may do no more than that: for so long, ms, and so much of it, bytes. */
const defaultPatienceMs = 20_000;
const mostBytes = 4 * 2 ** 20;

export interface DescribeOptions {
  /** The sources as they are after changes. */
  edit?: Edit;
  signal?: AbortSignal;
  /** How long the sources may take, ms. */
  patienceMs?: number;
}

/**
 * A module's contract as its sources say it; nothing is deployed. The sources run in a process of their own without an environment, files or children. Throws ContractError, BundleError, or the signal's reason.
 */
export async function describeContract(
  laboratory: Pick<Laboratory, 'bundleDescription' | 'nodePath'>,
  application: Application,
  module: string,
  { edit, signal, patienceMs = defaultPatienceMs }: DescribeOptions = {},
): Promise<Contract> {
  const { modules } = application;
  if (own(modules, module) === undefined)
    throw new ContractError(
      `unknown module "${module}" of "${application.name}"; allowed: ${Object.keys(modules).join(', ')}`,
    );
  const document = await documentOf(laboratory, application, [module], { edit, signal, patienceMs });
  return read(module, document);
}

/** The contracts of all modules as by `describeContract`, read in one go, in the manifest's order. Throws ContractError, BundleError, or the signal's reason. */
export async function describeContracts(
  laboratory: Pick<Laboratory, 'bundleDescription' | 'nodePath'>,
  application: Application,
  signal?: AbortSignal,
): Promise<Contract[]> {
  const modules = Object.keys(application.modules);
  const document = await documentOf(laboratory, application, modules, { signal });
  return modules.map((module) => read(module, document));
}

/** What the sources of these modules write of their contracts. */
async function documentOf(
  laboratory: Pick<Laboratory, 'bundleDescription' | 'nodePath'>,
  application: Application,
  modules: string[],
  { edit, signal, patienceMs = defaultPatienceMs }: DescribeOptions,
): Promise<unknown> {
  const program = await laboratory.bundleDescription(application, { name: modules[0] ?? 'none', modules }, edit);
  const named = modules.join(', ');
  const text = await outputOf(laboratory.nodePath, program, patienceMs, signal).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new ContractError(`module "${named}" does not say what its contract is: ${whyNot(error, patienceMs)}`, {
      cause: error,
    });
  });
  try {
    const document: unknown = JSON.parse(text);
    if (isTooDeep(document)) throw new Error('it is nested too deeply');
    return document;
  } catch (error) {
    throw unreadable(named, error);
  }
}

function read(module: string, document: unknown): Contract {
  try {
    return readContract(module, document);
  } catch (error) {
    throw unreadable(module, error);
  }
}

function unreadable(module: string, error: unknown): ContractError {
  const problem = error instanceof z.ZodError ? firstIssue(error) : 'it is not JSON, or nested too deeply';
  return new ContractError(`the contract of module "${module}" cannot be read: ${problem}`, { cause: error });
}

async function outputOf(
  nodePath: string,
  program: Uint8Array,
  patienceMs: number,
  signal: AbortSignal | undefined,
): Promise<string> {
  const running = promisify(execFile)(nodePath, ['--permission', '--input-type=module', '-'], {
    ...{ env: {}, encoding: 'utf8', windowsHide: true, signal },
    ...{ timeout: patienceMs, killSignal: 'SIGKILL', maxBuffer: mostBytes },
  });
  // One that ends before it has read all of its program says so by how it ends.
  running.child.stdin?.on('error', () => undefined);
  running.child.stdin?.end(program);
  return (await running).stdout;
}

function whyNot(error: unknown, patienceMs: number): string {
  const { code, killed, stderr } = error as { code?: unknown; killed?: boolean; stderr?: string };
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it writes more than ${mostBytes / 2 ** 20} MB`;
  if (killed === true) return `it does not end within ${patienceMs / 1000} s`;
  const said = (stderr ?? '').split('\n').find((line) => /^\w*Error\b/.test(line));
  return said === undefined ? `it ends with ${String(code)}` : shortened(printable(said));
}
