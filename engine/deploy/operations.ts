import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { z } from 'zod';
import type { Application } from '../model/index.ts';
import { lineSchema } from '../model/index.ts';
import type { Laboratory } from './laboratory.ts';

/** Much longer than reading definitions takes, ms. */
const patienceMs = 15_000;
const mostBytes = 1_000_000;

const toldSchema = z.record(z.string(), z.array(lineSchema(200)).max(1000));

/**
 * Reads the contracts of all modules: their definitions are loaded in a process of its own, which may touch no file and start nothing, and which tells the names. A contract is made by code, so that
 * nothing less would be sure of it. Where that fails nothing is told. Rejects with the signal's reason alone.
 */
export async function operationsOf(
  { applicationsDirectory, nodePath }: Pick<Laboratory, 'applicationsDirectory' | 'nodePath'>,
  application: Application,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly string[]>> {
  signal?.throwIfAborted();
  try {
    const program = await programOf(join(applicationsDirectory, application.name), application);
    const told = toldSchema.parse(JSON.parse(await answerOf(nodePath, program, signal)));
    return new Map(Object.entries(told));
  } catch {
    signal?.throwIfAborted();
    return new Map();
  }
}

async function programOf(root: string, { modules }: Application): Promise<Uint8Array> {
  const all = Object.entries(modules);
  const imports = all.map(
    ([, { source }], index) => `import { module as module${index} } from ${JSON.stringify(resolve(root, source))};`,
  );
  const told = all.map(
    ([name], index) => `[${JSON.stringify(name)}, Object.keys(module${index}?.contract?.operations ?? {})]`,
  );
  const contents = `${imports.join('\n')}\nprocess.stdout.write(JSON.stringify(Object.fromEntries([${told.join(', ')}])), () => process.exit(0));\n`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'silent',
    outdir: root,
    banner: {
      js: "import { createRequire as cleaveRequire } from 'node:module'; const require = cleaveRequire(process.execPath);",
    },
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('the bundler wrote nothing');
  return file.contents;
}

/** What the program writes. */
async function answerOf(nodePath: string, program: Uint8Array, signal: AbortSignal | undefined): Promise<string> {
  const running = promisify(execFile)(nodePath, ['--permission', '--no-warnings', '--input-type=module', '-'], {
    signal,
    timeout: patienceMs,
    killSignal: 'SIGKILL',
    maxBuffer: mostBytes,
    windowsHide: true,
    env: {},
  });
  // One that ended early is told by its exit.
  running.child.stdin?.on('error', () => undefined);
  running.child.stdin?.end(program);
  return (await running).stdout;
}
