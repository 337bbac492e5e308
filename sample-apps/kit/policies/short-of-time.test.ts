import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sleep, steadyMs } from '../clock.ts';
import { resilienceSchema } from '../configuration.ts';
import { systemContext, withinMs } from '../context.ts';
import { CallError } from '../errors.ts';
import { createCounters } from './counters.ts';
import { createGuards, type Attempt, type GuardedCall } from './guard.ts';
import { inTime } from './in-time.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const deadlineMs = 1000;
const circuitBreaker = { failureShare: 0.5, windowMs: 1000, minimumCallsPerSecond: 1, openMs: 100 };
const bulkhead = { concurrent: 1, queued: 1 };

/** A target that is well and takes its time, or is down; with the policies before it. */
function hosted(settings: object) {
  const target = { takesMs: 0, down: false, asked: 0 };
  const attempt: Attempt = ({ context }) =>
    inTime(context.deadlineAtMs, 'no answer', async () => {
      target.asked++;
      await sleep(target.takesMs);
      if (target.down) throw new CallError('unavailable', 'down');
      return 'well';
    });
  const counters = createCounters();
  const resilience = resilienceSchema.parse({ deadlineMs, ...settings });
  const chain = createGuards('target', resilience, counters, () => 0.5)(attempt);
  const call = async (leftMs: number, repeatable = false): Promise<string> => {
    const guarded: GuardedCall = { input: 1, context: withinMs(systemContext, leftMs), repeatable, queuedMs: 0 };
    return chain(guarded).then(String, (error: unknown) => (error instanceof CallError ? error.code : 'unforeseen'));
  };
  return { target, counters, call };
}
/** A moment later, for calls that need no time. */
const soon = () => vi.advanceTimersByTimeAsync(1);

/** Too short to be fair, some of it none at all. */
const tooShort = fc.oneof(fc.constantFrom(-5000, -1, 0, 1), fc.integer({ min: -100, max: 390 }));

describe('a call whose time is up', () => {
  it('is not sent, takes no place and does not wait, whatever the policies are', async () => {
    for (const settings of [{ bulkhead }, { circuitBreaker }, { bulkhead, circuitBreaker }]) {
      const { target, counters, call } = hosted({
        ...settings,
        retries: { count: 2, backoffMs: 0, jitter: 0, budget: 1 },
      });
      for (const leftMs of [0, -1, -5000]) expect(await call(leftMs, true)).toBe('deadline');
      target.takesMs = 100;
      const running = call(1000);
      expect(await call(0)).toBe('deadline');
      // The one place in line is free.
      const waiting = call(1000);
      await vi.advanceTimersByTimeAsync(300);
      expect([await running, await waiting]).toEqual(['well', 'well']);
      expect(target.asked).toBe(2);
      expect(counters).toMatchObject({ breakerOpens: 0, rejectedByBulkhead: 0, retries: 0 });
    }
  });

  it('is told that it is late, also where the line is full', async () => {
    const { target, counters, call } = hosted({ bulkhead: { concurrent: 1, queued: 0 } });
    target.takesMs = 100;
    const running = call(1000);
    expect(await call(0)).toBe('deadline');
    expect(counters.rejectedByBulkhead).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(await running).toBe('well');
  });
});

describe('the breaker', () => {
  it('is not opened by callers without time, however many, and whatever a healthy target needs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(tooShort, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 900 }),
        async (callers, takesMs) => {
          const { target, counters, call } = hosted({ circuitBreaker });
          target.takesMs = takesMs;
          const asked = callers.map((leftMs) => call(leftMs));
          await vi.advanceTimersByTimeAsync(1000);
          await Promise.all(asked);
          expect(counters).toMatchObject({ breakerOpens: 0, breakerState: { target: 'closed' } });
        },
      ),
    );
  });

  it('leaves the trial to the next when one ran out of a time that was too short, and does not open anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tooShort, { minLength: 1, maxLength: 8 }), fc.boolean(), async (callers, atOnce) => {
        const { target, counters, call } = hosted({ circuitBreaker });
        target.down = true;
        expect(await Promise.all([call(1000), soon()])).toContain('unavailable');
        expect(counters).toMatchObject({ breakerOpens: 1, breakerState: { target: 'open' } });
        target.down = false;
        target.takesMs = 395;
        await vi.advanceTimersByTimeAsync(circuitBreaker.openMs);
        const asked: Promise<string>[] = [];
        for (const leftMs of callers) {
          const one = call(leftMs);
          asked.push(one);
          if (!atOnce) await vi.advanceTimersByTimeAsync(400);
        }
        const patient = call(1000);
        await vi.advanceTimersByTimeAsync(1000);
        expect(await Promise.all(asked)).toEqual(callers.map(() => 'deadline'));
        expect(await patient).toBe('well');
        expect(counters).toMatchObject({ breakerOpens: 1, breakerState: { target: 'closed' } });
      }),
    );
  });

  it.each([
    ['the whole time', 1000],
    ['what an optional question has', deadlineMs / 2 - 1],
    ['two fifths of it', 400],
  ])('does count a target that gave no answer in %s', async (_what, leftMs) => {
    const { target, counters, call } = hosted({ circuitBreaker });
    target.takesMs = 5000;
    const asked = call(leftMs);
    await vi.advanceTimersByTimeAsync(leftMs + 1);
    expect([await asked, counters.breakerOpens]).toEqual(['deadline', 1]);
    await vi.advanceTimersByTimeAsync(circuitBreaker.openMs);
    const trial = call(leftMs);
    await vi.advanceTimersByTimeAsync(leftMs + 1);
    expect([await trial, counters.breakerOpens]).toEqual(['deadline', 2]);
  });

  it('counts what failed in any other way, however little time there was', async () => {
    const { target, counters, call } = hosted({ circuitBreaker });
    target.down = true;
    const startMs = steadyMs();
    expect(await Promise.all([call(5), soon()])).toContain('unavailable');
    expect(counters.breakerOpens).toBe(1);
    expect(steadyMs() - startMs).toBeLessThan(5);
  });
});
