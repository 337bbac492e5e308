import { expect, it } from 'vitest';
import { nextRestartWaitMs } from './backoff.ts';

it('doubles from 100 ms while a unit keeps crashing', () => {
  const waits: number[] = [];
  let wait: number | null = null;
  for (let crash = 0; crash < 12; crash += 1) {
    wait = nextRestartWaitMs(wait, 50);
    waits.push(wait);
  }
  expect(waits.slice(0, 5)).toEqual([100, 200, 400, 800, 1600]);
  expect(waits.at(-1)).toBe(60_000);
});

it('begins anew after ten seconds of running', () => {
  expect(nextRestartWaitMs(6400, 10_000)).toBe(100);
  expect(nextRestartWaitMs(6400, 9999)).toBe(12_800);
});
