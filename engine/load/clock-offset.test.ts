import { expect, test } from 'vitest';
import { clockOffsetMs } from './clock-offset.ts';

/** Two clocks 500 ms apart; what `pauses` holds passes after each reading in turn, and nothing afterwards. */
function clocks(pauses: number[]) {
  let nowMs = 1000;
  const read = (aheadMs: number) => () => {
    const seen = nowMs + aheadMs;
    nowMs += pauses.shift() ?? 0.0001;
    return seen;
  };
  return { clock: read(500), reference: read(0) };
}

test('being put aside between two readings does not shift the clocks', () => {
  for (const pauses of [[30], [0, 30], [0.01, 0.01, 0, 25, 0.5], [1, 1, 1, 1, 1, 1, 1, 1, 1]]) {
    const { clock, reference } = clocks(pauses);
    expect(clockOffsetMs(clock, reference)).toBeCloseTo(500, 2);
  }
});

test('where every reading takes long, the closest one is taken', () => {
  const pauses = Array.from({ length: 9000 }, (_, index) => (index === 300 || index === 301 ? 0.01 : 4));
  const { clock, reference } = clocks(pauses);
  expect(clockOffsetMs(clock, reference)).toBeCloseTo(500, 1);
});
