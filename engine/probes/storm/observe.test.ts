import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../clock/testing/index.ts';
import { sliceMs } from '../../evaluation/index.ts';
import { emptyCounts, encodeHistogram, newHistogram, recordMs, type LoadSlice } from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import { lineSlice } from '../slice.ts';
import { SliceTrack } from '../track.ts';
import { observeStorm, type Observed, type Settings } from './observe.ts';

const settings: Settings = {
  fault: { kind: 'slow', module: 'recommendations', delayMs: 300 },
  ...{ spikeFactor: 3, baselineMs: 8000, spikeMs: 5000, recoveryMs: 10_000, pace: null },
};

/** Slices of a load that is always answered alike. */
function sliceAt(beganAtMs: number, index: number): LoadSlice {
  const histogram = newHistogram();
  for (let index = 0; index < 20; index += 1) recordMs(histogram, 5);
  const times = encodeHistogram(histogram);
  return {
    ...{ index, startMs: beganAtMs + sliceMs * index, lengthMs: sliceMs, withheldMs: 0 },
    endpoints: {
      home: {
        ...{ ...emptyCounts(), scheduled: 20, good: 20, notReached: 0, failureAge: '' },
        ...{ responseTime: times, serviceTime: times, punctualTime: times },
      },
    },
  };
}

/** A storm on two units, of which the one that is not hosting takes `answerMs` to tell its counters once the load runs, and may not tell them at all. */
async function storm({ answerMs, fails = false }: { answerMs: number; fails?: boolean }) {
  const clock = new VirtualClock();
  const track = new SliceTrack();
  const beganAtMs = clock.nowMs();
  const feeding = (async () => {
    for (let slice = 0; slice < 150; slice += 1) {
      await clock.delay(beganAtMs + sliceMs * (slice + 1) - clock.nowMs());
      track.add(lineSlice(sliceAt(beganAtMs, slice)));
    }
  })();
  const metrics = (unit: string) => async () => {
    if (unit === 'catalog') {
      await clock.delay(answerMs);
      if (fails) throw new Error('not answered in time');
    }
    return {
      atMs: clock.nowMs(),
      policies: { retries: 0, breakerOpens: 0, breakerState: {} },
      modules: { recommendations: { calls: Math.round(clock.nowMs() - beganAtMs) } },
    };
  };
  const deployment = {
    clock,
    units: [{ name: 'recommendations' }, { name: 'catalog' }],
    variant: { name: 'cut', settings: { resilience: { circuitBreaker: null } } },
    unitHosting: () => ({ name: 'recommendations' }),
    serving: () => [{ name: 'recommendations', instance: 0 }],
    control: (unit: string) => ({
      metrics: metrics(unit),
      inject: async () => ({ effectAtMs: clock.nowMs() }),
      undo: async () => ({ undoneAtMs: clock.nowMs() }),
      faults: async () => ({ faults: [] }),
    }),
  };
  const context = { deployment, onEvent: () => undefined, seed: 1 } as unknown as ProbeContext;
  const observed = await observeStorm(context, settings, track, new AbortController().signal);
  await feeding;
  return observed;
}

const startsAfterMs = ({ seen }: Observed) => (seen.effectAtMs ?? NaN) - (seen.spikeAtMs ?? NaN);
const lastsMs = ({ seen }: Observed) => (seen.calmAtMs ?? NaN) - (seen.effectAtMs ?? NaN);

describe('a storm', () => {
  it.each([0, 20, 500, 1500, 4000])(
    'has a fault that begins with the spike and lasts as long where a unit answers after %i ms',
    async (answerMs) => {
      const observed = await storm({ answerMs });
      expect([startsAfterMs(observed), lastsMs(observed)]).toEqual([0, settings.spikeMs]);
    },
  );

  it('has it also where a unit does not answer at all', async () => {
    const observed = await storm({ answerMs: 4900, fails: true });
    expect([startsAfterMs(observed), lastsMs(observed)]).toEqual([0, settings.spikeMs]);
  });

  it('is looked at before it, and where the answer comes after it began there was no look', async () => {
    const quick = await storm({ answerMs: 20 });
    expect(quick.seen.lastLookAtMs).toBeLessThan(quick.seen.spikeAtMs ?? NaN);
    expect(quick.last?.calls).toBeGreaterThan(quick.first?.calls ?? NaN);
    const slow = await storm({ answerMs: 1500 });
    expect([slow.last, slow.seen.lastLookAtMs]).toEqual([null, null]);
  });
});
