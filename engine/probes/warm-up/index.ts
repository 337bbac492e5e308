import type { WarmUp } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { summarizeSlice } from '../slice.ts';
import { isSteady, steadyRule } from './steady.ts';

/**
 * Loads the deployment at the experiment's rate until it is warm: at least `minMs` and `minRequests`, then until the
 * windowed median is steady, at most `maxMs`. What it measures is thrown away.
 */
export async function warmUp(context: ProbeContext): Promise<WarmUp> {
  const { minMs, maxMs, minRequests } = context.experiment.warmUp;
  const from = performance.now();
  if (maxMs === 0) return { durationMs: 0, requests: 0, rule: 'none', steady: false };
  const medians: number[] = [];
  let requests = 0;
  let steady = false;
  const load = startLoad(context, {
    phase: 'warm-up',
    durationMs: maxMs,
    onSlice: (slice) => {
      const summary = summarizeSlice(slice);
      requests += summary.scheduled;
      if (summary.p50Ms !== null) medians.push(summary.p50Ms);
      steady = isSteady(medians);
      const covered = slice.startMs + slice.lengthMs - firstStart(slice.startMs);
      if (covered >= minMs && requests >= minRequests && steady) void load.stop();
    },
  });
  let first: number | undefined;
  const firstStart = (startMs: number) => (first ??= startMs);
  await load.done;
  return { durationMs: performance.now() - from, requests, rule: steadyRule(minMs, maxMs, minRequests), steady };
}
