import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RedeploymentMeasurement } from '../../../engine/model/index.ts';
import { stagesOf } from './stages.ts';

type Replaced = RedeploymentMeasurement['replaced'][number];

/** An instance by when it is created, started, ready, switched to, and when the old one was drained and removed. */
const instance = (unit: string, ...marks: [number, number, number, number, number | null, number]): Replaced => {
  const [createStartMs, startedMs, readyMs, switchedMs, drainedMs, removedMs] = marks;
  const created = { unit, from: 0, to: 1, createStartMs, createdMs: createStartMs };
  return { ...created, startedMs, readyMs, switchedMs, drainedMs, removedMs };
};
const built = { bundledMs: 100, builtMs: 300 };

test('pieces of units that are replaced one after another are added, and none is told as another', () => {
  const replaced = [instance('a', 300, 400, 700, 720, 750, 1000), instance('b', 1000, 1050, 1250, 1260, 1300, 1500)];
  expect(stagesOf({ ...built, replaced, replacedMs: 1510 })).toEqual({
    ...{ bundle: 100, images: 200, start: 150, ready: 500 },
    ...{ switch: 30, drain: 70, end: 460 },
  });
});

test('what is done side by side is told once, and old ones that end one after another as they do', () => {
  const replaced = [
    instance('entry', 300, 400, 500, 900, 950, 1000),
    instance('a', 320, 450, 880, 900, 1100, 1200),
    instance('b', 310, 420, 600, 900, 1100, 1200),
  ];
  expect(stagesOf({ ...built, replaced, replacedMs: 1200 })).toEqual({
    ...{ bundle: 100, images: 200, start: 150, ready: 430 },
    ...{ switch: 20, drain: 150, end: 150 },
  });
});

test('where the old one ends first that is no start, and nothing is switched', () => {
  const replaced = [instance('a', 500, 600, 900, 500, null, 500), instance('b', 1000, 1100, 1300, 1000, null, 1000)];
  expect(stagesOf({ ...built, replaced, replacedMs: 1300 })).toEqual({
    ...{ bundle: 100, images: 200, start: 200, ready: 500 },
    ...{ switch: 0, drain: 0, end: 300 },
  });
});

test('old ones that were not drained just end', () => {
  const replaced = [instance('a', 300, 400, 700, 720, null, 1000)];
  expect(stagesOf({ ...built, replaced, replacedMs: 1000 })).toMatchObject({ drain: 0, end: 280 });
});

test('pieces are never negative and together what the release took', () => {
  const ms = fc.integer({ min: 0, max: 5000 });
  const marks = fc.tuple(ms, ms, ms, ms, fc.option(ms), ms);
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 6 }), ms, (all, more) => {
      const replaced = all.map((one) => instance('a', ...one));
      const pieces = Object.values(stagesOf({ ...built, replaced, replacedMs: 300 + more }));
      for (const piece of pieces) expect(piece).toBeGreaterThanOrEqual(0);
      expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(300 + more);
    }),
  );
});
