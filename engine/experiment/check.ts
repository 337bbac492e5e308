import { ContractError } from '../contracts/index.ts';
import type { Laboratory, MachineShare } from '../deploy/index.ts';
import { askedFor, experimentProblems, type Application, type Experiment } from '../model/index.ts';
import { suiteOf } from '../probes/index.ts';
import type { RuntimeCapabilities } from '../runtime/index.ts';

/** An experiment does not fit its application, or where it is to run; the message names the field and what is allowed. */
export class ExperimentError extends Error {
  override name = 'ExperimentError';
}

/** Throws ExperimentError when the experiment asks for what the application does not have. */
export function checkExperiment(experiment: Experiment, application: Application): void {
  const [first] = experimentProblems(experiment, application);
  if (first !== undefined) throw new ExperimentError(`field "${first.path}": ${first.problem}`);
}

/** Throws ExperimentError when it asks for what cannot be measured on this runtime, with so much of the machine. */
export function checkGround(
  { probes, variants }: Experiment,
  { cpuQuota }: Pick<RuntimeCapabilities, 'cpuQuota'>,
  { cpus }: Pick<MachineShare, 'cpus'>,
): void {
  for (const { key, probe, settings } of askedFor(probes)) {
    const why = probe.impossible?.(settings, { cpuQuota, cpus: cpus.application.length, variants }) ?? null;
    if (why !== null) throw new ExperimentError(`field "probes.${key}": ${why}`);
  }
}

/** Throws ExperimentError when a module is to be asked questions and its sources and examples give none; or the signal's reason. */
export async function checkQuestions(
  { probes }: Experiment,
  application: Application,
  laboratory: Laboratory,
  signal: AbortSignal,
): Promise<void> {
  const { answers } = probes;
  if (answers == null) return;
  try {
    await suiteOf(laboratory, application, answers.module, signal);
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    throw new ExperimentError(`field "probes.answers.module": ${error.message}`, { cause: error });
  }
}
