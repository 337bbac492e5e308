import { describe, expect, it, vi } from 'vitest';
import { every, type Clock } from '../index.ts';
import { VirtualClock } from './index.ts';

describe('VirtualClock', () => {
  it('passes hours while somebody waits, in the order in which timers are due', async () => {
    const clock: Clock = new VirtualClock({ startsAtMs: 0 });
    const seen: [string, number][] = [];
    const note = (name: string) => seen.push([name, clock.nowMs()]);
    await Promise.all([
      clock.delay(3_600_000).then(() => note('an hour')),
      clock.delay(60_000).then(async () => {
        note('a minute');
        await clock.delay(1);
        note('and one');
      }),
    ]);
    expect(seen).toEqual([
      ['a minute', 60_000],
      ['and one', 60_001],
      ['an hour', 3_600_000],
    ]);
  });

  it('stands still while nobody waits, and rings what came due meanwhile', async () => {
    const clock = new VirtualClock();
    let rung = 0;
    const stop = every(clock, 250, () => (rung += 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([rung, clock.monotonicMs()]).toEqual([0, 0]);
    await clock.delay(1000);
    expect(rung).toBeGreaterThanOrEqual(3);
    stop();
    const before = rung;
    await clock.delay(1000);
    expect(rung).toBe(before);
  });

  it('ends a wait that is aborted, before or meanwhile, with the reason', async () => {
    const clock = new VirtualClock();
    await expect(clock.delay(1000, AbortSignal.abort(new Error('no')))).rejects.toThrow('no');
    const controller = new AbortController();
    const waiting = clock.delay(1000, controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(clock.monotonicMs()).toBe(0);
  });

  it('can be set like a wall clock without a change of durations', async () => {
    const clock = new VirtualClock({ startsAtMs: 1000 });
    clock.setWall(-7_200_000);
    await clock.delay(10);
    expect([clock.nowMs(), clock.monotonicMs()]).toEqual([1010 - 7_200_000, 10]);
  });

  it('passes no faster than its speed, however short its waits are', async () => {
    const clock = new VirtualClock({ speed: 10 });
    const from = performance.now();
    for (let left = 500; left > 0; left -= 1) await clock.delay(2);
    expect(clock.monotonicMs()).toBe(1000);
    // What is still owed at the end is less than one sleep.
    expect(performance.now() - from).toBeGreaterThan(90);
  });

  it('sleeps once for many short waits together', async () => {
    const clock = new VirtualClock({ speed: 10 });
    const sleep = vi.spyOn(globalThis, 'setTimeout');
    for (let left = 500; left > 0; left -= 1) await clock.delay(2);
    const sleeps = sleep.mock.calls.length;
    sleep.mockRestore();
    expect(sleeps).toBeGreaterThan(0);
    expect(sleeps).toBeLessThanOrEqual(20);
  });
});
