import { access, constants, realpath } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../run.ts';

export interface FoundPython {
  /** The interpreter itself, and not what chooses one. */
  path: string;
  version: string;
}

const least = { major: 3, minor: 10 };
/** What is missing where there is none, and how it is had. */
export const noInterpreter = `there is no Python ${least.major}.${least.minor} or newer on the PATH; install it (https://www.python.org/downloads, on Debian: apt-get install python3)`;

const names = process.platform === 'win32' ? ['python.exe', 'python3.exe'] : ['python3', 'python'];
const limitMs = 10_000;
/** Isolated: it heeds no variables and takes nothing of the folder it runs in. */
const asked = ['-I', '-c', "import sys; print(sys.executable); print('%d.%d.%d' % sys.version_info[:3])"];

const known = new Map<string, Promise<FoundPython | null>>();

/** The first Python on the PATH that is new enough; null where there is none. What was found once on a PATH is remembered: what is there may be a program that looks for one, which takes time. */
export function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<FoundPython | null> {
  const searched = environment['PATH'] ?? '';
  const found = known.get(searched) ?? look(searched, environment);
  known.set(searched, found);
  void found.then((python) => python === null && known.delete(searched));
  return found;
}

/** Throws an Error that says what is missing and how to get it. */
export async function requirePython(): Promise<FoundPython> {
  const found = await findPython();
  if (found !== null) return found;
  throw new Error(noInterpreter);
}

async function look(searched: string, environment: NodeJS.ProcessEnv): Promise<FoundPython | null> {
  for (const folder of searched.split(path.delimiter).filter((one) => path.isAbsolute(one)))
    for (const name of names) {
      const found = await ask(path.join(folder, name), environment);
      if (found !== null) return found;
    }
  return null;
}

async function ask(program: string, environment: NodeJS.ProcessEnv): Promise<FoundPython | null> {
  try {
    await access(program, constants.X_OK);
    const { code, stdout } = await run(program, asked, { folder: path.dirname(program), environment, limitMs });
    const [executable = '', version = ''] = stdout.split(/\r?\n/);
    if (code !== 0 || !path.isAbsolute(executable) || !isNewEnough(version)) return null;
    return { path: await realpath(executable), version };
  } catch {
    // Not one that can be used.
    return null;
  }
}

/** Whether programs run on that version, `3.11.2` for example. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === least.major && minor >= least.minor;
}
