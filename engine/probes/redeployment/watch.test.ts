import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../clock/testing/index.ts';
import type { LineSlice } from '../../model/index.ts';
import { SliceTrack } from '../track.ts';
import { alarmOf, watchedMs, watchRelease } from './watch.ts';

const lengthMs = 250;

/** A slice in which each endpoint is asked five times. */
function slice(startMs: number, { good = 5, ms = 4 }: { good?: number; ms?: number } = {}): LineSlice {
  const usual = { scheduled: 5, good: 5, notReached: 0, errors: {}, answersMs: [3, 3, 4, 5, 6], failuresMs: [] };
  const answersMs = Array.from({ length: good }, () => ms);
  const failuresMs = Array.from({ length: 5 - good }, () => ms);
  return {
    startMs,
    lengthMs,
    withheldMs: 0,
    endpoints: { home: usual, view: { ...usual, good, answersMs, failuresMs } },
  };
}
const slices = (count: number, like?: { good?: number; ms?: number }): LineSlice[] =>
  Array.from({ length: count }, (_, index) => slice(index * lengthMs, like));
const before = slices(4);
const asked = ['home', 'view'];

describe('alarmOf', () => {
  it('is silent about what is as before, and about little', () => {
    expect(alarmOf(asked, before, [])).toBeNull();
    expect(alarmOf(asked, before, slices(40))).toBeNull();
    expect(alarmOf(asked, before, [...slices(20), slice(0, { good: 4 })])).toBeNull();
    expect(alarmOf(asked, before, slices(40, { ms: 30 }))).toBeNull();
  });

  it('names the endpoint that errs, soon where all of it does and later where half does', () => {
    expect(alarmOf(asked, before, slices(1, { good: 0 }))).toEqual({
      endpoint: 'view',
      what: 'errors',
      bad: 5,
      asked: 5,
    });
    expect(alarmOf(asked, before, slices(1, { good: 3 }))).toBeNull();
    expect(alarmOf(asked, before, slices(4, { good: 3 }))).toEqual({
      endpoint: 'view',
      what: 'errors',
      bad: 8,
      asked: 20,
    });
  });

  it('names the endpoint that got many times slower', () => {
    expect(alarmOf(asked, before, slices(2, { ms: 500 }))).toEqual({
      endpoint: 'view',
      what: 'slow',
      bad: 10,
      asked: 10,
    });
  });

  it('minds what went bad before as little as it did then', () => {
    const poor = slices(8, { good: 4 });
    expect(alarmOf(asked, poor, slices(12, { good: 4 }))).toBeNull();
    expect(alarmOf(asked, before, slices(12, { good: 4 }))).toMatchObject({ what: 'errors' });
    expect(alarmOf(asked, poor, slices(4, { good: 0 }))).toMatchObject({ what: 'errors' });
  });

  it('must be the surer the more may be asked', () => {
    const three = [slice(0, { good: 2 })];
    const endpoints = Array.from({ length: 1000 }, (_, index) => `endpoint-${index}`);
    expect(alarmOf(['view'], before, three)).toBeNull();
    expect(alarmOf(asked, before, slices(3, { good: 3 }))).not.toBeNull();
    expect(alarmOf([...asked, ...endpoints], before, slices(3, { good: 3 }))).toBeNull();
  });

  it('takes no answer for slow where nothing is known of before', () => {
    expect(alarmOf(asked, [], slices(10, { ms: 500 }))).toBeNull();
  });
});

it('a release is watched for 3 s, and for longer than anything may hang', () => {
  expect([100, 1000, 5000].map(watchedMs)).toEqual([3000, 3000, 7000]);
});

describe('watchRelease', () => {
  async function watched(like?: { good?: number }) {
    const clock = new VirtualClock();
    const track = new SliceTrack();
    const editAtMs = clock.nowMs();
    const add = (): void => {
      track.add(slice(clock.nowMs() - lengthMs, like));
      clock.after(lengthMs, add);
    };
    clock.after(lengthMs, add);
    const alarm = await watchRelease(track, {
      ...{ clock, editAtMs, endpoints: asked, forMs: watchedMs(1000) },
      signal: new AbortController().signal,
    });
    return { alarm, afterMs: clock.nowMs() - editAtMs };
  }

  it('gives up watching after the stated time', async () => {
    expect(await watched()).toEqual({ alarm: null, afterMs: watchedMs(1000) });
  });

  it('ends as soon as it is sure', async () => {
    const { alarm, afterMs } = await watched({ good: 0 });
    expect(alarm).toMatchObject({ endpoint: 'view', what: 'errors' });
    expect(afterMs).toBeLessThan(3 * lengthMs);
  });

  it('can be ended', async () => {
    const clock = new VirtualClock();
    const controller = new AbortController();
    const watching = watchRelease(new SliceTrack(), {
      ...{ clock, editAtMs: 0, endpoints: asked, forMs: watchedMs(1000), signal: controller.signal },
    });
    controller.abort(new Error('cancelled'));
    await expect(watching).rejects.toThrow('cancelled');
  });
});
