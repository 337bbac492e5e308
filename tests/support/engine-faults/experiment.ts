import type { Home } from '../cli/run.ts';
import { withoutFaults } from '../cli/short-experiment.ts';

/** Two variants of four units together in one block, loaded in turns: what a run asks of an engine, in about ten seconds. */
export function briefExperiment(home: Home): Promise<string> {
  return withoutFaults(home, {}, 1000, { lengthMs: 500, leadInMs: 100, leadInRequests: 0 });
}
