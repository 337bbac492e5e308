import { ContractError } from '../contracts/index.ts';
import {
  BundleError,
  ChangeError,
  changesUpTo,
  impactOfChanges,
  whyInNoUnit,
  type Laboratory,
  type MachineShare,
} from '../deploy/index.ts';
import { askedFor, experimentProblems, own, type Application, type Experiment } from '../model/index.ts';
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

/**
 * Throws ExperimentError when a change that is to be released cannot be made to the sources, or gets into no unit of a variant, as one of TypeScript where the module runs in another language: each deployment
 * would wait for it in vain. Or the signal's reason.
 */
export async function checkChanges(
  { probes, variants }: Experiment,
  application: Application,
  laboratory: Pick<Laboratory, 'bundle' | 'edit'>,
  signal: AbortSignal,
): Promise<void> {
  const { changes = [] } = probes.redeployment ?? {};
  if (changes.length === 0) return;
  // Two variants may have cuts of one name.
  const topologies = variants.map(({ name, topology }) => ({ ...topology, name }));
  const chains = changes.map((change) => changesUpTo(application, change));
  const impacts = await impactOfChanges(laboratory, application, {
    ...{ topologies, signal },
    changes: [...new Set(chains.flat())],
  }).catch((error: unknown) => {
    if (!(error instanceof ChangeError || error instanceof BundleError)) throw error;
    throw new ExperimentError(`field "probes.redeployment.changes": ${error.message}`, { cause: error });
  });
  for (const [index, asked] of changes.entries())
    for (const { change, modules, units } of impacts.filter((one) => chains[index]?.includes(one.change))) {
      // A step on the way that nobody can see is not waited for.
      if (change !== asked && own(application.changes ?? {}, change)?.check === undefined) continue;
      const without = topologies.find(({ name }) => own(units, name)?.length === 0);
      if (without === undefined) continue;
      const named = change === asked ? `"${change}"` : `"${change}", which "${asked}" builds on,`;
      throw new ExperimentError(
        `field "probes.redeployment.changes.${index}": ${named} gets into no unit of variant "${without.name}", as ${whyInNoUnit(without, modules)}; allowed: changes that get into every variant`,
      );
    }
}
