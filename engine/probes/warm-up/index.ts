import type { LineSlice, WarmUp } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { isSteady, steadyRule, warmUpSliceMs, type SliceTimes } from './steady.ts';

export const runWarmUp: RunProbe = async ({ context, round, step }) => {
  round.warmUp = await step('Warm up', () => warmUp(context));
};

/**
 * Loads the deployment at the experiment's rate until it is warm: at least `minMs` and `minRequests`, then until it is steady, at most `maxMs`.
 * What it measures is thrown away; whether it became steady is kept.
 */
export async function warmUp(context: ProbeContext): Promise<WarmUp> {
  const { minMs, maxMs, minRequests } = context.experiment.warmUp;
  const { clock } = context.deployment;
  const from = clock.monotonicMs();
  if (maxMs === 0) return { durationMs: 0, requests: 0, rule: 'none', steady: false };
  const slices: SliceTimes[] = [];
  let coveredMs = 0;
  let requests = 0;
  let steady = false;
  let enough = false;
  const load = startLoad(context, {
    phase: 'warm-up',
    durationMs: maxMs,
    sliceMs: warmUpSliceMs,
    onSlice: (slice) => {
      // What ends after the load was stopped is no part of what was judged.
      if (enough) return;
      slices.push(timesOf(slice));
      coveredMs += slice.lengthMs;
      requests += Object.values(slice.endpoints).reduce((sum, { scheduled }) => sum + scheduled, 0);
      steady = isSteady(slices);
      enough = steady && coveredMs >= minMs && requests >= minRequests;
      if (enough) void load.stop();
    },
  });
  await load.done;
  const rule = steadyRule(minMs, maxMs, minRequests);
  return { durationMs: clock.monotonicMs() - from, requests, rule, steady };
}

function timesOf({ endpoints }: LineSlice): SliceTimes {
  return Object.fromEntries(
    Object.entries(endpoints).map(([name, { answersMs }]) => [name, answersMs.map((ms) => ({ ms, count: 1 }))]),
  );
}
