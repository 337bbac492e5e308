import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** A folder of applications in which the shop's module "orders" has this source instead of its own. */
export function brokenShop(folder: string, source: string): string {
  for (const name of ['kit', 'shop'])
    cpSync(path.join(root, 'sample-apps', name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  writeFileSync(path.join(folder, 'shop', 'orders', 'index.ts'), source);
  return folder;
}
