import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema, type Application } from './application.ts';
import { faultsOfCuts } from './faults-of-cuts.ts';
import { basicFaults } from './preset-faults.ts';
import { namedTopology, type Topology } from './topology.ts';

const manifest = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const shop: Application = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const modules = Object.keys(shop.modules);
const monolith: Topology = { name: 'monolith', units: [{ name: 'all', modules }] };
/** The monolith with some of its modules together in a unit of their own. */
const without = (...out: string[]): Topology => ({
  name: 'cut',
  units: [
    { name: 'rest', modules: modules.filter((module) => !out.includes(module)) },
    { name: 'out', modules: out },
  ],
});

it.each(modules.filter((module) => module !== shop.entry))('%s moved out crashes, hangs and slows', (module) => {
  const faults = [
    { kind: 'crash', module },
    { kind: 'hang', module },
    { kind: 'slow', module, delayMs: 200 },
  ];
  expect(faultsOfCuts(shop, [monolith, without(module)])).toEqual(faults);
  expect(faultsOfCuts(shop, [without(module), monolith])).toEqual(faults);
});

it('of several that move together the one with the most traffic is broken', () => {
  expect(new Set(faultsOfCuts(shop, [monolith, without('payments', 'catalog')]).map((fault) => fault.module))).toEqual(
    new Set(['catalog']),
  );
});

it('cuts that separate everything alike, or nothing, take the faults every comparison begins with', () => {
  const microservices = namedTopology(shop, 'microservices') ?? monolith;
  for (const cuts of [[monolith, microservices], [monolith], [monolith, monolith], []])
    expect(faultsOfCuts(shop, cuts)).toEqual(basicFaults(shop));
});
