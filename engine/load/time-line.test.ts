import { expect, test } from 'vitest';
import type { LoadSlice } from '../model/index.ts';
import { TimeLine } from './time-line.ts';

function timeLine(startMs: number) {
  const slices: LoadSlice[] = [];
  const endpoints = ['first', 'second'];
  const line = new TimeLine({
    startMs,
    startEpochMs: 0,
    sliceMs: 100,
    endpoints,
    onSlice: (slice) => slices.push(slice),
  });
  return { line, slices };
}

test('a load of three slices has three, also where its end is a fraction of a nanosecond late', () => {
  const startMs = 2022.2077421189977;
  expect(startMs + 300 - startMs).toBeGreaterThan(300);
  const { line, slices } = timeLine(startMs);
  line.finish(startMs + 300);
  expect(slices).toHaveLength(3);
});

test('time that the machine withheld stands in the slice in which it was missed', () => {
  const { line, slices } = timeLine(1000);
  line.withheld(1150, 3);
  line.withheld(1199, 2);
  line.withheld(990, 1);
  line.finish(1300);
  line.withheld(1290, 5);
  expect(slices.map(({ withheldMs }) => withheldMs)).toEqual([1, 5, 0]);
});

test('what was not reached stands in the slice of the request that kept it away, beside no request of its own', () => {
  const { line, slices } = timeLine(1000);
  const index = line.open(1120);
  line.close(index, 0, 'refused', 1);
  line.notReached(index, 1);
  line.finish(1300);
  expect(slices.map(({ endpoints }) => endpoints['second'])).toEqual([
    undefined,
    expect.objectContaining({ scheduled: 0, good: 0, notReached: 1 }),
    undefined,
  ]);
});
