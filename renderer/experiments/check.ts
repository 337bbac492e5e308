import { experimentSchema, topologyProblems, type Application, type Experiment } from '../../engine/model/index.ts';

/** Mistakes by path of the field, for example `load.journeysPerSecond` or `variants.1.name`. */
export type Mistakes = Readonly<Record<string, string>>;

/** Everything that keeps an experiment from running, at the field where it can be mended. */
export function checkExperiment(experiment: Experiment, application: Application): Mistakes {
  const mistakes: Record<string, string> = {};
  const add = (path: string, message: string): void => {
    mistakes[path] ??= message;
  };
  const parsed = experimentSchema.safeParse(experiment);
  for (const issue of parsed.error?.issues ?? []) add(issue.path.join('.'), sentence(issue.message));
  const names = new Set<string>();
  for (const [index, variant] of experiment.variants.entries()) {
    if (names.has(variant.name)) add(`variants.${index}.name`, `Another variant is already named "${variant.name}".`);
    names.add(variant.name);
    const problem = topologyProblems(variant.topology, application)[0];
    if (problem !== undefined) add(`variants.${index}.topology`, sentence(problem));
  }
  const { warmUp, probes } = experiment;
  if (warmUp.maxMs < warmUp.minMs) add('warmUp.maxMs', 'The longest warm-up must not be shorter than the shortest.');
  if (probes.capacity !== null && probes.capacity.maxJourneysPerSecond <= probes.capacity.startJourneysPerSecond) {
    add('probes.capacity.maxJourneysPerSecond', 'The highest rate must be above the first.');
  }
  for (const [index, fault] of (probes.isolation?.faults ?? []).entries()) {
    if (application.modules[fault.module] === undefined)
      add(`probes.isolation.faults.${index}.module`, `The application has no module "${fault.module}".`);
    if (fault.kind === 'partition' && (fault.peer === undefined || fault.peer === fault.module))
      add(`probes.isolation.faults.${index}.peer`, 'Choose another module to cut it off from.');
  }
  return mistakes;
}

/** The mistakes below a path, by what follows it. */
export function mistakesUnder(mistakes: Mistakes, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mistakes)
      .filter(([key]) => key.startsWith(`${path}.`))
      .map(([key, message]) => [key.slice(path.length + 1), message]),
  );
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return text.endsWith('.') ? text : `${text}.`;
}
