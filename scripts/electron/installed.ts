import { spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

const DOWNLOAD_TIME_LIMIT_MS = 5 * 60_000;

/** An Electron executable and the version it says it is. */
export interface InstalledElectron {
  executablePath: string;
  version: string;
}

/** The executable of the installed `electron` package, if it has been downloaded. */
export async function installedElectron(): Promise<InstalledElectron | undefined> {
  const folder = electronPackageFolder();
  try {
    const [executable, version] = await Promise.all([
      readFile(path.join(folder, 'path.txt'), 'utf8'),
      readFile(path.join(folder, 'dist', 'version'), 'utf8'),
    ]);
    const executablePath = path.join(folder, 'dist', executable);
    await access(executablePath);
    return { executablePath, version: version.trim().replace(/^v/, '') };
  } catch {
    return undefined;
  }
}

/** Lets the `electron` package download its executable. False if it could not, within five minutes. */
export function downloadElectron(): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(electronPackageFolder(), 'install.js')], {
      stdio: 'ignore',
      timeout: DOWNLOAD_TIME_LIMIT_MS,
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

function electronPackageFolder(): string {
  return path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
}
