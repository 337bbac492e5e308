import { access, constants, readdir } from 'node:fs/promises';
import path from 'node:path';

const program = process.platform === 'win32' ? 'go.exe' : 'go';

/** Where Go is found when it is not on the PATH: Debian's packages of one version, and what its makers hand out. */
const usual = { debian: '/usr/lib', own: '/usr/local/go/bin' };

/** What is missing where there is none, and how it is had. */
export const noCompiler = `there is no Go compiler on the PATH, ${usual.debian}/go-*/bin and ${usual.own}; install Go 1.19 or newer (https://go.dev/dl, on Debian: apt-get install golang-go)`;

/** Path of the Go compiler on this machine; null where there is none. */
export async function findGo(environment: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const onPath = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const places = [...onPath, ...(process.platform === 'win32' ? [] : [...(await ofDebian()), usual.own])];
  for (const folder of places) {
    const file = path.join(folder, program);
    if (await isProgram(file)) return file;
  }
  return null;
}

/** The newest version first. */
async function ofDebian(): Promise<string[]> {
  const names = await readdir(usual.debian).catch(() => []);
  return names
    .flatMap((name) => {
      const minor = /^go-1\.(\d{1,4})$/.exec(name)?.[1];
      return minor === undefined ? [] : [{ name, minor: Number(minor) }];
    })
    .toSorted((one, other) => other.minor - one.minor)
    .map(({ name }) => path.join(usual.debian, name, 'bin'));
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
