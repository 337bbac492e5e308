import { execFile, spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

const QUERY_TIME_LIMIT_MS = 20_000;
const INSTALL_TIME_LIMIT_MS = 10 * 60_000;

/** Whether this machine is a Debian (or derived) system where this process may install packages. */
export async function canInstallDebianPackages(): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    await Promise.all([access('/usr/bin/apt-get'), access('/usr/bin/dpkg-query')]);
    return true;
  } catch {
    return false;
  }
}

/** Picks, from the `name status` lines of dpkg-query, the wanted names that are not fully installed. Pure. */
export function notInstalled(wanted: readonly string[], dpkgQueryOutput: string): string[] {
  const installed = new Set<string>();
  for (const line of dpkgQueryOutput.split('\n')) {
    const [name, status] = line.split(' ');
    if (name !== undefined && status === 'installed') installed.add(name);
  }
  return wanted.filter((name) => !installed.has(name));
}

/** The wanted Debian packages that are not installed on this machine. Throws where there is no dpkg-query. */
export async function missingDebianPackages(wanted: readonly string[]): Promise<string[]> {
  // dpkg-query exits 1 when a name is unknown to it, which is an answer here and not a failure.
  const output = await execFileAsync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...wanted], {
    timeout: QUERY_TIME_LIMIT_MS,
  }).then(
    ({ stdout }) => stdout,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 1 && 'stdout' in error)
        return String(error.stdout);
      throw error;
    },
  );
  return notInstalled(wanted, output);
}

/** Installs what is missing of the wanted Debian packages and returns the names it installed. Needs root. */
export async function installDebianPackages(wanted: readonly string[]): Promise<string[]> {
  const missing = await missingDebianPackages(wanted);
  if (missing.length === 0) return [];
  if (!(await canInstallDebianPackages())) {
    throw new Error(
      `These Debian packages are missing: ${missing.join(' ')}. Install them as root with apt-get install.`,
    );
  }
  await aptGet(['update', '-qq']);
  await aptGet(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
  return missing;
}

function aptGet(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Everything apt says goes to stderr: the last line of stdout belongs to the calling script.
    const child = spawn('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: INSTALL_TIME_LIMIT_MS,
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`apt-get ${args[0] ?? ''} failed (${signal ?? `exit code ${code}`})`));
    });
  });
}
