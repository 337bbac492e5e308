import { expect, it } from 'vitest';
import { namedTopology, type Fault, type Topology } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { mostInstancesHit } from './topologies.ts';

it('counts the instances of the unit that a fault is done to, in the cut in which it has most', () => {
  const micro = namedTopology(shop, 'microservices')!;
  const doubled: Topology = {
    ...micro,
    units: micro.units.map((unit) => (unit.name === 'catalog' ? { ...unit, instances: 3 } : unit)),
  };
  const hit = (fault: Fault, ...cuts: Topology[]) => mostInstancesHit(fault, cuts, shop);
  expect(hit({ kind: 'hang', module: 'catalog' }, micro, doubled)).toBe(3);
  expect(hit({ kind: 'hang', module: 'catalog' }, micro)).toBe(1);
  expect(hit({ kind: 'hang', module: 'orders' }, micro, doubled)).toBe(1);
  // The entry is never the one that is cut off.
  expect(hit({ kind: 'partition', module: 'storefront', peer: 'catalog' }, doubled)).toBe(3);
  expect(hit({ kind: 'hang', module: 'nowhere' }, doubled)).toBe(1);
});
