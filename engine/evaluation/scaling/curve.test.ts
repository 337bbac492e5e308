import { expect, it } from 'vitest';
import type { Round } from '../../model/index.ts';
import { scalingCurve } from './curve.ts';

type Point = [instances: number, goodPerSecond: number | null, bounded?: 'bracketed' | 'range'];

/** A deployment that carried so much under the skewed load. */
const deployment = (id: string, ...points: Point[]): Round =>
  ({
    id,
    scaling: {
      points: points.map(([instances, goodPerSecond, bounded = 'bracketed']) => ({
        ...{ load: 'skewed', instances, goodPerSecond, bounded, journeysPerSecond: goodPerSecond, points: [] },
      })),
    },
  }) as unknown as Round;

it('has a mark for each number of instances, with the interval of its mean over deployments, and the law between the least and the most', () => {
  const { marks, fit, law } = scalingCurve(
    [deployment('a', [2, 190], [1, 100], [4, 330]), deployment('b', [1, 110], [2, 210], [4, 360])],
    'skewed',
  );
  expect(marks.map(({ instances, deployments, atLeast }) => [instances, deployments, atLeast])).toEqual([
    [1, 2, false],
    [2, 2, false],
    [4, 2, false],
  ]);
  for (const { goodPerSecond, interval } of marks) {
    expect(interval?.low).toBeLessThan(goodPerSecond);
    expect(interval?.high).toBeGreaterThan(goodPerSecond);
  }
  expect(fit?.range).toEqual({ low: 1, high: 4 });
  expect([law[0]?.instances, law.at(-1)?.instances]).toEqual([1, 4]);
});

it('shows what is only a bound and fits nothing to it, and leaves out what met the objective at no rate, and the other load', () => {
  const rounds = [deployment('a', [1, 100], [2, 150, 'range'], [3, null]), deployment('b', [1, 105], [3, 290])];
  const { marks, counts, fit, law } = scalingCurve(rounds, 'skewed');
  expect(marks.map(({ instances, atLeast, interval }) => [instances, atLeast, interval === null])).toEqual([
    [1, false, false],
    [2, true, true],
    [3, false, true],
  ]);
  expect([counts, fit, law]).toEqual([2, null, []]);
  expect(scalingCurve(rounds, 'even')).toEqual({ marks: [], counts: 0, fit: null, law: [] });
});
