import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { isHeadless, sandboxArguments } from './launch.ts';

/** Runs the calling script again on a virtual screen, and ends with it, where there is no screen. */
export function needScreen(): void {
  if (!isHeadless()) return;
  const screen = ['-a', '--server-args=-screen 0 1600x1000x24 -noreset'];
  const { status } = spawnSync('xvfb-run', [...screen, process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
  });
  process.exit(status ?? 1);
}

/** Starts a window program under a driver, with folders of its own. */
export function drive(
  executablePath: string,
  app: string,
  folders: { profile: string; data: string },
): Promise<ElectronApplication> {
  // Holds the program back until the driver listens.
  const driver = path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json'));
  const environment = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return _electron.launch({
    executablePath,
    args: [
      '-r',
      path.join(driver, 'lib', 'server', 'electron', 'loader.js'),
      app,
      `--user-data-dir=${folders.profile}`,
      '--disable-gpu',
      ...sandboxArguments(),
    ],
    env: { ...Object.fromEntries(environment), CLEAVE_DATA_DIR: folders.data },
    colorScheme: null,
  });
}
