import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Laboratory } from '../engine/deploy/index.ts';
import { launchOf, requirePython, type Interpreter } from '../engine/languages/index.ts';
import type { Application, Language } from '../engine/model/index.ts';
import { programHere } from './program-here.ts';

/** Used to say what a program may take of memory, bytes. */
const memoryBytes = 512 * 1024 * 1024;
const executable = 0o755;

type Hosted = Awaited<ReturnType<typeof programHere>>;
type BundleOptions = Parameters<Laboratory['bundle']>[2];
type Files = Readonly<Record<string, Uint8Array>>;

/** The program of a module as a unit of its own, built in that language. Throws BundleError, or the signal's reason. */
export async function buildUnit(
  laboratory: Pick<Laboratory, 'bundle'>,
  application: Application,
  module: string,
  language: Language,
  options: BundleOptions = {},
): Promise<Files> {
  const unit = { name: module, modules: [module], ...(language === 'typescript' ? {} : { language }) };
  const built = await laboratory.bundle(application, [unit], options);
  return built.get(module)?.files ?? {};
}

/** A program of that language on this machine's loopback; `close` ends everything that was started and removes it. Throws an Error where its interpreter is not here. */
export async function unitHere(
  { nodePath }: Pick<Laboratory, 'nodePath'>,
  language: Language,
  files: Files,
): Promise<Hosted> {
  const launch = launchOf(language);
  const interpreter = await interpreterPath(launch.interpreter, nodePath);
  const folder = await mkdtemp(join(tmpdir(), 'cleave-unit-'));
  for (const [name, body] of Object.entries(files)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, body, { mode: executable });
  }
  const program = join(folder, launch.main);
  const host = await programHere({
    ...{ command: interpreter ?? program, parameters: interpreter === null ? [] : [program] },
    ...{ environment: launch.environment(memoryBytes), isGuardedByRuntime: language === 'typescript' },
  });
  return Object.assign(Object.create(host) as Hosted, {
    close: async () => {
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

async function interpreterPath(interpreter: Interpreter | null, nodePath: string): Promise<string | null> {
  switch (interpreter) {
    case 'node':
      return nodePath;
    case 'python':
      return (await requirePython()).path;
    case null:
      return null;
  }
}
