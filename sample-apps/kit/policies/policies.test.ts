import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resilienceSchema } from '../configuration.ts';
import { systemContext } from '../context.ts';
import { CallError } from '../errors.ts';
import { RetryBudget } from './budget.ts';
import { createCounters } from './counters.ts';
import { createDegrade } from './degrade.ts';
import { createGuards, type GuardedCall } from './guard.ts';

const call: GuardedCall = { input: 1, context: systemContext, repeatable: true, queuedMs: 0 };
const failure = (): Promise<never> => Promise.reject(new CallError('unavailable', 'down'));

function guard(settings: unknown, attempt: (call: GuardedCall) => Promise<unknown>) {
  const counters = createCounters();
  const chain = createGuards('target', resilienceSchema.parse(settings), counters, () => 0)(attempt);
  return { counters, chain };
}
const retries = { count: 2, backoffMs: 0, jitter: 0, budget: null };

describe('retries', () => {
  it('repeat what may be repeated, as often as allowed, and give the last error', async () => {
    let attempts = 0;
    const { counters, chain } = guard({ retries }, () => {
      attempts++;
      return failure();
    });
    await expect(chain(call)).rejects.toMatchObject({ code: 'unavailable' });
    expect([attempts, counters.retries]).toEqual([3, 2]);
  });

  it('stop at the first success', async () => {
    let attempts = 0;
    const { chain } = guard({ retries }, () => (++attempts === 2 ? Promise.resolve('well') : failure()));
    expect(await chain(call)).toBe('well');
    expect(attempts).toBe(2);
  });

  it.each([
    ['a refusal', { ...call }, (): Promise<never> => Promise.reject(new CallError('conflict', 'no'))],
    ['an operation that may not be repeated', { ...call, repeatable: false }, failure],
    ['a call whose time is up', { ...call, context: { ...systemContext, deadlineAtMs: 0 } }, failure],
  ])('do not repeat %s', async (_what, one, attempt) => {
    let attempts = 0;
    const { chain } = guard({ retries }, () => {
      attempts++;
      return attempt();
    });
    await expect(chain(one)).rejects.toBeInstanceOf(CallError);
    expect(attempts).toBe(1);
  });

  it('keep to their budget whatever happens', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.tuple(fc.boolean(), fc.nat(3000)), { maxLength: 200 }),
        (share, history) => {
          let now = 0;
          const budget = new RetryBudget(share, () => now);
          let firsts = 0;
          let taken = 0;
          for (const [first, waitMs] of history) {
            now += waitMs;
            if (first) {
              budget.first();
              firsts++;
            } else if (budget.take()) taken++;
            expect(taken).toBeLessThanOrEqual(firsts * share + 1e-9);
          }
        },
      ),
    );
  });

  it('have their budget back after ten seconds without calls', () => {
    let now = 0;
    const budget = new RetryBudget(1, () => now);
    budget.first();
    expect([budget.take(), budget.take()]).toEqual([true, false]);
    now = 11_000;
    expect(budget.take()).toBe(false);
    budget.first();
    expect(budget.take()).toBe(true);
  });
});

describe('the circuit breaker', () => {
  const circuitBreaker = { failureShare: 0.5, windowMs: 1000, minimumCallsPerSecond: 1, openMs: 100 };
  it('opens when too many calls fail, calls nobody meanwhile, and closes after a call that works', async () => {
    let works = false;
    let attempts = 0;
    const { counters, chain } = guard({ circuitBreaker }, () => {
      attempts++;
      return works ? Promise.resolve('well') : failure();
    });
    await expect(chain(call)).rejects.toMatchObject({ code: 'unavailable' });
    expect(counters).toMatchObject({ breakerOpens: 1, breakerState: { target: 'open' } });
    await expect(chain(call)).rejects.toMatchObject({ code: 'breaker-open', retryable: false });
    expect(attempts).toBe(1);
    works = true;
    await expect.poll(() => chain(call).catch(() => 'open')).toBe('well');
    expect(counters.breakerState).toEqual({ target: 'closed' });
  });

  it('does not count refusals', async () => {
    const { counters, chain } = guard({ circuitBreaker }, () => Promise.reject(new CallError('not-found', 'none')));
    for (let index = 0; index < 20; index++) await expect(chain(call)).rejects.toMatchObject({ code: 'not-found' });
    expect(counters.breakerOpens).toBe(0);
  });
});

describe('the bulkhead', () => {
  it('lets so many run, so many wait, and refuses the rest', async () => {
    const ends: (() => void)[] = [];
    const { counters, chain } = guard(
      { bulkhead: { concurrent: 1, queued: 1 } },
      () => new Promise((resolve) => ends.push(() => resolve('well'))),
    );
    const first = chain(call);
    const second = chain(call);
    await expect(chain(call)).rejects.toMatchObject({ code: 'bulkhead-full' });
    expect([ends.length, counters.rejectedByBulkhead]).toEqual([1, 1]);
    ends[0]?.();
    expect(await first).toBe('well');
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.();
    expect(await second).toBe('well');
  });
});

describe('the fallback', () => {
  it('gives the substitute for a failure, not for a refusal, and counts', async () => {
    const counters = createCounters();
    const degrade = createDegrade(resilienceSchema.parse({}), counters);
    expect(await degrade(systemContext, failure, 'instead')).toBe('instead');
    await expect(
      degrade(systemContext, () => Promise.reject(new CallError('not-found', 'none')), 'instead'),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(counters.fallbacks).toBe(1);
  });

  it('gives the failure when it is off', async () => {
    const degrade = createDegrade(resilienceSchema.parse({ fallback: false }), createCounters());
    await expect(degrade(systemContext, failure, 'instead')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
