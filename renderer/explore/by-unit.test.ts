import { expect, it } from 'vitest';
import { namedTopology, type ExploreUnit, type UnitState } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { byUnit, instancesHit } from './by-unit.ts';

const topology = namedTopology(shop, 'macroservices')!;
const one = (name: string, instance: number, state: UnitState, restarts = 0): ExploreUnit => ({
  ...{ name, instance, modules: [], state, restarts, cpuShare: null, memoryBytes: null },
});

it('shows every unit of the cut once, with its instances, as bad as the worst of them', () => {
  const units = [one('front', 0, 'ready', 1), one('front', 2, 'restarting', 2)];
  const shown = byUnit({ phase: 'running', topology, units });
  expect(shown.map(({ name, instances, state, restarts }) => [name, instances.length, state, restarts])).toEqual([
    ['front', 2, 'restarting', 3],
    ['checkout', 0, 'stopped', 0],
  ]);
  expect(byUnit({ phase: 'starting', topology, units: [] }).map(({ state }) => state)).toEqual([
    'creating',
    'creating',
  ]);
});

it('knows how many instances a fault can hit', () => {
  const units = [one('front', 0, 'ready'), one('front', 1, 'ready'), one('checkout', 0, 'ready')];
  const hit = (module: string) => instancesHit({ kind: 'crash', module }, { topology, units }, shop);
  expect([hit('catalog'), hit('payments')]).toEqual([2, 1]);
});
