import type { FieldProblem } from '../../field-problem.ts';
import { windowsOf, type LatencySettings } from './settings.ts';

/** Fewer windows than this of each deployment even out neither order nor moment. */
const leastWindows = 2;

/** What keeps windows from being of use. */
export function windowProblems({ durationMs, windows }: LatencySettings): FieldProblem[] {
  if (windows == null || windowsOf({ durationMs, windows }) >= leastWindows) return [];
  return [
    {
      path: 'probes.latency.windows.lengthMs',
      problem: `${windows.lengthMs} ms of durationMs (${durationMs} ms) make one window; allowed: at most ${Math.floor(durationMs / leastWindows)}, so that each deployment has ${leastWindows} at least`,
    },
  ];
}
