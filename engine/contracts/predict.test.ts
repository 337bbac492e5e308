import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  applicationSchema,
  namedTopology,
  type ContractDifference,
  type ContractLevel,
  type Topology,
} from '../model/index.ts';
import { endpointsBroken, modulesOf, type SeenCall } from './predict.ts';

const manifest = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const application = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const cut = (name: string): Topology => namedTopology(application, name)!;
const difference = (operation: string, level: ContractLevel = 'breaking'): ContractDifference => ({
  ...{ operation, level, rule: 'rule', text: 'text' },
});
const call = (endpoint: string, from: string, to: string, operation: string): SeenCall => ({
  ...{ endpoint, from, to, operation },
});
const calls = [
  call('home', 'storefront', 'catalog', 'featured'),
  call('home', 'storefront', 'recommendations', 'forVisitor'),
  call('home', 'recommendations', 'catalog', 'products'),
  call('recommendations', 'storefront', 'recommendations', 'forProduct'),
  call('recommendations', 'recommendations', 'catalog', 'products'),
  call('cart-view', 'storefront', 'cart', 'view'),
  call('cart-view', 'cart', 'catalog', 'products'),
];
const broken = [difference('catalog.products')];
const ask = (topology: Topology, released: readonly string[], first: 'providers' | 'callers' = 'providers') =>
  endpointsBroken({ application, topology, released, broken, calls, first });

describe('endpointsBroken', () => {
  it('names who needs the broken operation across the border, and not who can do without', () => {
    expect(ask(cut('microservices'), ['catalog'])).toEqual(['cart-view', 'recommendations']);
    // Cart and catalog are released together.
    expect(ask(cut('macroservices'), ['goods'])).toEqual(['recommendations']);
  });

  it('names the same where only the callers have the change', () => {
    expect(ask(cut('microservices'), ['cart', 'storefront'], 'callers')).toEqual(['cart-view']);
  });

  it('what an endpoint needs goes before what its caller can do without elsewhere', () => {
    const gone = (endpoint: string): string[] =>
      endpointsBroken({
        ...{ application, topology: cut('microservices'), released: ['recommendations'], first: 'providers' },
        broken: [difference('recommendations.forProduct')],
        calls: [call(endpoint, 'storefront', 'recommendations', 'forProduct')],
      });
    expect(gone('recommendations')).toEqual(['recommendations']);
    expect(gone('product')).toEqual([]);
  });

  it('what an endpoint was not seen to ask breaks nothing for it, though it needs the module', () => {
    const gone = (operation: string): string[] =>
      endpointsBroken({
        ...{ application, topology: cut('microservices'), released: ['catalog'], first: 'providers' },
        broken: [difference(`catalog.${operation}`)],
        calls: [call('product', 'storefront', 'catalog', 'product'), call('search', 'storefront', 'catalog', 'search')],
      });
    expect([gone('product'), gone('search'), gone('products')]).toEqual([['product'], ['search'], []]);
  });

  it('takes only what breaks as breaking', () => {
    for (const level of ['may-break', 'harmless'] as const)
      expect(
        endpointsBroken({
          ...{ application, topology: cut('microservices'), released: ['catalog'], calls, first: 'providers' },
          broken: [difference('catalog.products', level)],
        }),
      ).toEqual([]);
  });

  it('names nobody where everything or nothing is released, in any cut', () => {
    const modules = Object.keys(application.modules);
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: modules.length, maxLength: modules.length }), (places) => {
        const units = [...new Set(places)].map((place) => ({
          name: `unit-${place}`,
          modules: modules.filter((_, index) => places[index] === place),
        }));
        const topology = { name: 'any', units };
        const all = units.map(({ name }) => name);
        for (const released of [all, []])
          for (const first of ['providers', 'callers'] as const) expect(ask(topology, released, first)).toEqual([]);
      }),
    );
  });
});

it('the modules of differences are those of their operations, and routes for people are no module’s', () => {
  expect(modulesOf(application, [difference('catalog.product'), difference('GET /api/home')])).toEqual(['catalog']);
  expect(modulesOf(application, [difference('orders.order'), difference('cart.view')])).toEqual(['cart', 'orders']);
});
