import type { Application } from '../model/index.ts';
import type { BundledUnit } from './bundle.ts';
import type { Edit } from './edit.ts';
import type { Laboratory } from './laboratory.ts';

/** What units are made of after an edit, by name: those that have an edited file in their program are bundled anew, the others are as in `before`, which is without any edit. Throws BundleError. */
export async function programsAfter(
  laboratory: Pick<Laboratory, 'bundle'>,
  application: Application,
  before: ReadonlyMap<string, BundledUnit>,
  edit: Edit,
): Promise<Map<string, BundledUnit>> {
  const touched = [...before.values()].filter(({ sources }) => sources.some((file) => edit.files.has(file)));
  if (touched.length === 0) return new Map(before);
  const bundled = await laboratory.bundle(
    application,
    touched.map(({ unit }) => unit),
    edit,
  );
  return new Map([...before, ...bundled]);
}
