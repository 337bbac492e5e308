import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from '../../chart/spread.ts';
import { edgeKey, layoutGraph } from './graph-layout.ts';

test('callers stand before those they call, and calls that skip a column get a lane', () => {
  const calls = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'a', to: 'c' },
  ];
  const { nodes, waypoints, columns } = layoutGraph(calls);
  expect([nodes.get('a')?.layer, nodes.get('b')?.layer, nodes.get('c')?.layer]).toEqual([0, 1, 2]);
  expect(columns).toBe(3);
  expect(waypoints.get(edgeKey({ from: 'a', to: 'c' }))).toHaveLength(1);
});

test('any graph, cycles included, is laid out without two things in one place', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  fc.assert(
    fc.property(fc.uniqueArray(fc.record({ from: name, to: name }), { selector: edgeKey, maxLength: 20 }), (calls) => {
      const { nodes, waypoints } = layoutGraph(calls);
      expect(new Set(nodes.keys())).toEqual(new Set(calls.flatMap((call) => [call.from, call.to])));
      const places = [...nodes.values(), ...[...waypoints.values()].flat()].map(
        (place) => `${place.layer} ${place.row}`,
      );
      expect(new Set(places).size).toBe(places.length);
    }),
  );
});

test('labels keep their distance', () => {
  const moved = spread([10, 11, 12, 80], 15).sort((one, other) => one - other);
  for (const [index, at] of moved.slice(1).entries()) expect(at - moved[index]!).toBeGreaterThan(14.5);
});
