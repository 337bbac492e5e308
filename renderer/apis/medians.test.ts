import { expect, it } from 'vitest';
import type { ApiAnswer } from '../../engine/model/index.ts';
import { withMedian } from './medians.ts';

const answer = (name: string, units: string[][], tookMs: number[]): ApiAnswer => ({
  topology: { name, units: units.map((modules) => ({ name: modules[0] ?? '', modules })) },
  ...{ runtime: 'process', unit: 'a', request: '{}', key: null, status: 200, body: '', isCut: false, tookMs },
});
const one = answer('monolith', [['a', 'b']], [3, 1, 2]);
const two = answer('microservices', [['a'], ['b']], [4, 1, 3, 2]);
const wanted = { times: 3, status: 200 };

it('the last median of every cut is kept, even where two have one name', () => {
  const both = withMedian(withMedian([], one, wanted), two, { ...wanted, times: 4 });
  expect(both.map(({ name, medianMs, times }) => [name, medianMs, times])).toEqual([
    ['monolith', 2, 3],
    ['microservices', 2.5, 4],
  ]);
  const again = withMedian(both, { ...one, tookMs: [9, 9, 9] }, wanted);
  expect(again.map(({ medianMs }) => medianMs)).toEqual([9, 2.5]);
  expect(
    withMedian(both, { ...two, topology: { ...two.topology, name: 'monolith' } }, { ...wanted, times: 4 }),
  ).toHaveLength(3);
  expect(withMedian(both, { ...one, runtime: 'docker' }, wanted)).toHaveLength(3);
});

it('nothing is kept of one question, of answers that were others than wanted, or that ended early', () => {
  expect(withMedian([], { ...one, tookMs: [1] }, { times: 1, status: 200 })).toEqual([]);
  expect(withMedian([], one, { ...wanted, status: 404 })).toEqual([]);
  expect(withMedian([], { ...one, tookMs: [1, 2] }, wanted)).toEqual([]);
});
