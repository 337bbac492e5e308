import type { Laboratory } from '../deploy/index.ts';
import { estimateFrom, type Experiment, type RunEstimate, type RuntimeKind } from '../model/index.ts';
import { listResults } from '../storage/index.ts';

/** How long the run will take, from what the runs stored here took. What cannot be read teaches nothing. */
export async function learnedEstimate(
  experiment: Experiment,
  { dataDirectory, machine }: Pick<Laboratory, 'dataDirectory' | 'machine'>,
  runtime: RuntimeKind,
): Promise<RunEstimate> {
  const past = await listResults(dataDirectory).catch(() => []);
  return estimateFrom(experiment, past, { ...machine.facts(), runtime });
}
