import { fileURLToPath } from 'node:url';
import type { ModuleDefinition } from '../../kit/index.ts';
import { module as cart } from '../cart/index.ts';
import { module as catalog } from '../catalog/index.ts';
import { module as inventory } from '../inventory/index.ts';
import { module as notifications } from '../notifications/index.ts';
import { module as orders } from '../orders/index.ts';
import { module as payments } from '../payments/index.ts';
import { module as recommendations } from '../recommendations/index.ts';
import { module as storefront } from '../storefront/index.ts';

// For tests only.

export const modules: Readonly<Record<string, ModuleDefinition>> = {
  storefront,
  catalog,
  recommendations,
  cart,
  inventory,
  payments,
  orders,
  notifications,
};
export const moduleNames: readonly string[] = Object.keys(modules);

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
export const kitSource = here('../../kit/index.ts');
export const sources: Readonly<Record<string, string>> = Object.fromEntries(
  moduleNames.map((name) => [name, here(`../${name}/index.ts`)]),
);

export const cuts = {
  monolith: { shop: moduleNames },
  macroservices: {
    front: ['storefront', 'recommendations'],
    goods: ['catalog', 'cart', 'inventory'],
    trade: ['orders', 'payments', 'notifications'],
  },
  microservices: Object.fromEntries(moduleNames.map((name) => [name, [name]])),
} as const;
