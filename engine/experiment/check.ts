import { topologyProblems, type Application, type Experiment } from '../model/index.ts';

/** An experiment does not fit its application; the message names the field and what is allowed. */
export class ExperimentError extends Error {
  override name = 'ExperimentError';
}

/** Throws ExperimentError when the experiment asks for what the application does not have. */
export function checkExperiment(experiment: Experiment, application: Application): void {
  const modules = Object.keys(application.modules);
  const names = new Set<string>();
  for (const [index, variant] of experiment.variants.entries()) {
    if (names.has(variant.name))
      throw new ExperimentError(
        `field "variants.${index}.name": "${variant.name}" is taken; variant names must differ`,
      );
    names.add(variant.name);
    const problem = topologyProblems(variant.topology, application)[0];
    if (problem !== undefined) throw new ExperimentError(`field "variants.${index}.topology": ${problem}`);
    for (const [name, value] of Object.entries(variant.settings.tunables)) {
      const tunable = application.tunables[name];
      if (tunable === undefined) {
        throw new ExperimentError(
          `field "variants.${index}.settings.tunables": unknown tunable "${name}"; allowed: ${Object.keys(application.tunables).join(', ')}`,
        );
      }
      if (value < tunable.min || value > tunable.max) {
        throw new ExperimentError(
          `field "variants.${index}.settings.tunables.${name}": ${value} is out of range; allowed: ${tunable.min} to ${tunable.max}`,
        );
      }
    }
  }
  for (const [index, fault] of (experiment.probes.isolation?.faults ?? []).entries()) {
    for (const [field, module] of [
      ['module', fault.module],
      ['peer', fault.peer],
    ] as const) {
      if (module !== undefined && !modules.includes(module)) {
        throw new ExperimentError(
          `field "probes.isolation.faults.${index}.${field}": unknown module "${module}"; allowed: ${modules.join(', ')}`,
        );
      }
    }
  }
  if (experiment.warmUp.maxMs < experiment.warmUp.minMs) {
    throw new ExperimentError(
      `field "warmUp.maxMs": ${experiment.warmUp.maxMs} is less than warmUp.minMs (${experiment.warmUp.minMs})`,
    );
  }
}
