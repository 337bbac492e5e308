import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const applications = path.resolve(import.meta.dirname, '..', '..', '..', 'sample-apps');

/** A folder of applications in which the shop's module "orders" has this source instead of its own. */
export function brokenShop(folder: string, source: string): string {
  const shop = path.join(folder, 'shop');
  mkdirSync(shop, { recursive: true });
  symlinkSync(path.join(applications, 'kit'), path.join(folder, 'kit'));
  for (const name of readdirSync(path.join(applications, 'shop'))) {
    if (name === 'application.yaml') cpSync(path.join(applications, 'shop', name), path.join(shop, name));
    else if (name !== 'orders') symlinkSync(path.join(applications, 'shop', name), path.join(shop, name));
  }
  // The examples of a module stand beside it, and the manifest names them.
  const orders = path.join(shop, 'orders');
  mkdirSync(orders);
  symlinkSync(path.join(applications, 'shop', 'orders', 'examples.yaml'), path.join(orders, 'examples.yaml'));
  writeFileSync(path.join(orders, 'index.ts'), source);
  return folder;
}
