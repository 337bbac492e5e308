import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Target } from '../target.ts';

/** Folder beside a module's sources in which programs lie that were compiled of them before, for machines without a compiler. */
export const prebuiltFolder = 'prebuilt';

/** What such a program is called. The hash is of the sources that it was compiled of, so that an edited source never runs it. */
export function prebuiltName(hashOfSources: string, { os, architecture }: Target): string {
  return `${hashOfSources}-${os}-${architecture}`;
}

/** The program that was compiled of exactly these sources for that machine; null where there is none. */
export function findPrebuilt(folder: string, hashOfSources: string, target: Target): Promise<Uint8Array | null> {
  return readFile(path.join(folder, prebuiltFolder, prebuiltName(hashOfSources, target))).catch(() => null);
}
