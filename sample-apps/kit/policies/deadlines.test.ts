import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sleep, steadyMs } from '../clock.ts';
import { resilienceSchema } from '../configuration.ts';
import { systemContext, withinMs, type CallContext } from '../context.ts';
import { CallError } from '../errors.ts';
import { createCounters } from './counters.ts';
import { createDegrade } from './degrade.ts';
import { createGuards, type Attempt, type GuardedCall } from './guard.ts';
import { inTime } from './in-time.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const call = (context: CallContext): GuardedCall => ({ input: 1, context, repeatable: true, queuedMs: 0 });
const within = (ms: number): GuardedCall => call(withinMs(systemContext, ms));
const patient = { deadlineMs: 60_000 };

/** A target that takes its time, given up as a transport is when the call's time is over. */
function target(takesMs: (index: number) => number, fails: (index: number) => boolean = () => false) {
  const seen = { begun: 0, running: 0, most: 0 };
  const attempt: Attempt = ({ context }) => {
    const index = seen.begun++;
    seen.most = Math.max(seen.most, ++seen.running);
    const work = async (): Promise<string> => {
      await sleep(takesMs(index));
      if (fails(index)) throw new CallError('unavailable', 'down');
      return 'well';
    };
    return inTime(context.deadlineAtMs, 'no answer', work).finally(() => {
      seen.running--;
    });
  };
  return { seen, attempt };
}

function chainOf(settings: unknown, attempt: Attempt) {
  const counters = createCounters();
  return { counters, chain: createGuards('target', resilienceSchema.parse(settings), counters, () => 0.5)(attempt) };
}

/** How a call ended, and after how many ms. */
async function timed(work: Promise<unknown>): Promise<{ ended: string; afterMs: number }> {
  const startMs = steadyMs();
  const ended = await work.then(String, (error: unknown) => (error instanceof CallError ? error.code : 'unforeseen'));
  return { ended, afterMs: steadyMs() - startMs };
}

describe('a caller waits no longer than its deadline', () => {
  it('for a retry: what ends too late is not begun, and the substitute is there at once', async () => {
    const resilience = { deadlineMs: 400, retries: { count: 3, backoffMs: 2000, jitter: 0, budget: null } };
    const { chain } = chainOf(
      resilience,
      target(
        () => 10,
        () => true,
      ).attempt,
    );
    const degrade = createDegrade(resilienceSchema.parse(resilience), createCounters());
    const asked = timed(degrade(systemContext, (context) => chain(call(context)), 'instead'));
    await vi.runAllTimersAsync();
    expect(await asked).toEqual({ ended: 'instead', afterMs: 10 });
  });

  it('in the bulkhead line, where its place is free again', async () => {
    const { seen, attempt } = target(() => 950);
    const { chain, counters } = chainOf({ ...patient, bulkhead: { concurrent: 1, queued: 1 } }, attempt);
    const running = timed(chain(within(5000)));
    const first = timed(chain(within(100)));
    await vi.advanceTimersByTimeAsync(101);
    expect(await first).toEqual({ ended: 'deadline', afterMs: 100 });
    const second = timed(chain(within(5000)));
    await vi.runAllTimersAsync();
    expect([(await running).ended, (await second).ended]).toEqual(['well', 'well']);
    expect([seen.begun, counters.rejectedByBulkhead]).toEqual([2, 0]);
  });

  it('for the trial of another', async () => {
    const circuitBreaker = { failureShare: 0.5, windowMs: 1000, minimumCallsPerSecond: 1, openMs: 100 };
    const { seen, attempt } = target(
      (index) => (index === 0 ? 0 : 900),
      (index) => index === 0,
    );
    const { chain, counters } = chainOf({ ...patient, circuitBreaker }, attempt);
    const opening = timed(chain(within(5000)));
    await vi.advanceTimersByTimeAsync(101);
    expect([(await opening).ended, counters.breakerState['target']]).toEqual(['unavailable', 'open']);
    const trial = timed(chain(within(5000)));
    const other = timed(chain(within(100)));
    await vi.advanceTimersByTimeAsync(101);
    expect(await other).toEqual({ ended: 'deadline', afterMs: 100 });
    await vi.runAllTimersAsync();
    expect([(await trial).ended, counters.breakerState['target'], seen.begun]).toEqual(['well', 'closed', 2]);
  });

  it('whatever the policies, the target and the other calls do', async () => {
    const waitMs = fc.integer({ min: 0, max: 400 });
    const settings = fc.record({
      deadlineMs: fc.integer({ min: 1, max: 500 }),
      retries: fc.option(
        fc.record({
          count: fc.integer({ min: 1, max: 5 }),
          backoffMs: waitMs,
          jitter: fc.constantFrom(0, 1),
          budget: fc.constantFrom(null, 0.1),
        }),
      ),
      bulkhead: fc.option(fc.record({ concurrent: fc.integer({ min: 1, max: 3 }), queued: fc.nat(3) })),
      circuitBreaker: fc.option(
        fc.record({
          failureShare: fc.constantFrom(0.01, 0.5, 1),
          windowMs: fc.integer({ min: 100, max: 2000 }),
          minimumCallsPerSecond: fc.constantFrom(0, 1),
          openMs: fc.integer({ min: 100, max: 500 }),
        }),
      ),
    });
    const calls = fc.array(fc.record({ afterMs: waitMs, leftMs: fc.integer({ min: 0, max: 1000 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    const behaviour = fc.array(fc.record({ takesMs: fc.integer({ min: 0, max: 1500 }), fails: fc.boolean() }), {
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(settings, calls, behaviour, async (resilience, schedule, turns) => {
        const turn = (index: number) => turns[index % turns.length]!;
        const { seen, attempt } = target(
          (index) => turn(index).takesMs,
          (index) => turn(index).fails,
        );
        const { chain } = chainOf(resilience, attempt);
        const asked = schedule.map(async ({ afterMs, leftMs }) => {
          await sleep(afterMs);
          return { leftMs, ...(await timed(chain(within(leftMs)))) };
        });
        await vi.runAllTimersAsync();
        for (const { leftMs, ended, afterMs } of await Promise.all(asked)) {
          // Timers count in whole milliseconds.
          expect(afterMs).toBeLessThanOrEqual(leftMs + 1);
          expect(ended).not.toBe('unforeseen');
        }
        expect(seen.most).toBeLessThanOrEqual(resilience.bulkhead?.concurrent ?? Infinity);
        // Nobody has taken a place along: all of them are there for the next calls.
        await vi.advanceTimersByTimeAsync(5000);
        const before = seen.begun;
        const places = resilience.circuitBreaker === null ? (resilience.bulkhead?.concurrent ?? 1) : 1;
        const last = Array.from({ length: places }, () => timed(chain({ ...within(1), repeatable: false })));
        expect(seen.begun - before).toBe(places);
        await vi.runAllTimersAsync();
        await Promise.all(last);
      }),
      { numRuns: 200 },
    );
  });
});

describe('while the breaker tries the target', () => {
  const circuitBreaker = { failureShare: 0.5, windowMs: 1000, minimumCallsPerSecond: 1, openMs: 100 };

  it('only the trial decides: what began before the outage counts no more, however it ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ endsAtMs: fc.integer({ min: 150, max: 900 }), fails: fc.boolean() }), {
          minLength: 1,
          maxLength: 10,
        }),
        fc.boolean(),
        async (stale, trialFails) => {
          // First the calls that are under way when the outage comes, then the one that opens the breaker, then the trial.
          const opening = stale.length;
          const { attempt } = target(
            (index) => (index < opening ? stale[index]!.endsAtMs : index === opening ? 1 : 500),
            (index) => (index < opening ? stale[index]!.fails : index === opening || trialFails),
          );
          const { chain, counters } = chainOf({ ...patient, circuitBreaker }, attempt);
          const work = Array.from({ length: opening + 1 }, () => timed(chain(within(5000))));
          await vi.advanceTimersByTimeAsync(102);
          expect([counters.breakerState['target'], counters.breakerOpens]).toEqual(['open', 1]);
          const trial = timed(chain(within(5000)));
          await vi.advanceTimersByTimeAsync(499);
          expect([counters.breakerState['target'], counters.breakerOpens]).toEqual(['half-open', 1]);
          await vi.advanceTimersByTimeAsync(1000);
          expect([counters.breakerState['target'], counters.breakerOpens]).toEqual(
            trialFails ? ['open', 2] : ['closed', 1],
          );
          await Promise.all([trial, ...work]);
        },
      ),
    );
  });

  it('the others wait for what it decides: then all of them go on, or none', async () => {
    for (const trialFails of [false, true]) {
      const { seen, attempt } = target(
        () => 50,
        (index) => index === 0 || (index === 1 && trialFails),
      );
      const { chain } = chainOf({ ...patient, circuitBreaker }, attempt);
      const opening = timed(chain(within(5000)));
      await vi.advanceTimersByTimeAsync(200);
      const [trial, ...others] = [1, 2, 3].map(() => timed(chain(within(5000))));
      await vi.advanceTimersByTimeAsync(49);
      expect(seen.begun).toBe(2);
      await vi.runAllTimersAsync();
      await opening;
      expect((await trial)?.ended).toBe(trialFails ? 'unavailable' : 'well');
      const expected = trialFails ? 'breaker-open' : 'well';
      expect((await Promise.all(others)).map(({ ended }) => ended)).toEqual([expected, expected]);
    }
  });
});
