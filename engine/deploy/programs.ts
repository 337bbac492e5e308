import { sep } from 'node:path';
import type { Application } from '../model/index.ts';
import type { BundledUnit, BundleOptions } from './bundle.ts';
import type { Edit } from './edit.ts';
import type { Laboratory } from './laboratory.ts';

/** What units are made of after an edit, by name: those that have an edited file in their program are made anew, the others are as in `before`, which is without any edit. Throws BundleError. */
export async function programsAfter(
  laboratory: Pick<Laboratory, 'bundle'>,
  application: Application,
  before: ReadonlyMap<string, BundledUnit>,
  edit: Edit,
  options: Pick<BundleOptions, 'target' | 'signal'> = {},
): Promise<Map<string, BundledUnit>> {
  const touched = [...before.values()].filter((program) => [...edit.files.keys()].some((file) => isIn(file, program)));
  if (touched.length === 0) return new Map(before);
  const bundled = await laboratory.bundle(
    application,
    touched.map(({ unit }) => unit),
    { ...options, edit },
  );
  return new Map([...before, ...bundled]);
}

/** Whether a program has that file in it, or would have it if it were added. */
function isIn(file: string, { sources, folders }: BundledUnit): boolean {
  return sources.includes(file) || folders.some((folder) => file.startsWith(folder + sep));
}
