import { setTimeout as delay } from 'node:timers/promises';
import type { Application, Environment, Experiment, GateCheck, LabEvent } from '../model/index.ts';
import { ExperimentError } from './check.ts';
import { fairnessGate, plannedGateInputs, startQuietnessWatch, stoppingChecks } from './gate/index.ts';

const watchMs = 1500;

export interface GateContext {
  experiment: Experiment;
  application: Application;
  environment: Environment;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
}

/**
 * Watches the machine for a moment and makes every check before the first round. Throws ExperimentError when one fails that was not
 * declared; a machine that is not quiet is told and does not stop the run, since each round is judged by itself.
 */
export async function runGate(context: GateContext): Promise<GateCheck[]> {
  const { experiment, application, environment, signal, onEvent } = context;
  const watch = await startQuietnessWatch(async () => 0);
  await delay(watchMs, undefined, { signal });
  const checks = fairnessGate(plannedGateInputs(experiment, application, environment, await watch.stop()));
  onEvent({ atMs: Date.now(), type: 'gate', checks });
  const [failed] = stoppingChecks(checks);
  if (failed !== undefined) {
    throw new ExperimentError(
      `the comparison would not be fair: ${failed.title}: ${failed.detail}; make the variants alike or add "${failed.name}" to declaredDifferences`,
    );
  }
  return checks;
}
