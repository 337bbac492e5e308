import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Laboratory } from '../engine/deploy/index.ts';
import { launchOf, type Interpreter } from '../engine/languages/index.ts';
import type { Application, Language } from '../engine/model/index.ts';
import { programHere } from './program-here.ts';

/** Used to say what a program may take of memory, bytes. */
const memoryBytes = 512 * 1024 * 1024;
const executable = 0o755;

type Hosted = Awaited<ReturnType<typeof programHere>>;

/** A module as a unit of its own on this machine's loopback, built in that language; `close` ends everything that was started and removes it. Throws BundleError, or the signal's reason. */
export async function unitHere(
  laboratory: Pick<Laboratory, 'bundle' | 'nodePath'>,
  application: Application,
  module: string,
  language: Language,
  signal: AbortSignal,
): Promise<Hosted> {
  const unit = { name: module, modules: [module], ...(language === 'typescript' ? {} : { language }) };
  const built = (await laboratory.bundle(application, [unit])).get(module);
  signal.throwIfAborted();
  const folder = await mkdtemp(join(tmpdir(), 'cleave-unit-'));
  for (const [name, body] of Object.entries(built?.files ?? {})) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, body, { mode: executable });
  }
  const launch = launchOf(language);
  const { interpreter } = launch;
  const program = join(folder, launch.main);
  const command = commandOf(interpreter, laboratory);
  const host = await programHere({
    ...{ command: command ?? program, parameters: command === null ? [] : [program] },
    ...{ environment: launch.environment(memoryBytes), isGuardedByRuntime: language === 'typescript' },
  });
  return Object.assign(Object.create(host) as Hosted, {
    close: async () => {
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

function commandOf(interpreter: Interpreter | null, { nodePath }: Pick<Laboratory, 'nodePath'>): string | null {
  switch (interpreter) {
    case 'node':
      return nodePath;
    case 'python':
      return 'python3';
    case null:
      return null;
  }
}
