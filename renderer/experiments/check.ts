import {
  differencesFromBaseline,
  experimentSchema,
  isDeclaredDifference,
  topologyProblems,
  type Application,
  type Experiment,
} from '../../engine/model/index.ts';
import { issueSentence, sentence } from './sentence.ts';

/** Mistakes by path of the field, for example `load.journeysPerSecond` or `variants.1.name`. */
export type Mistakes = Readonly<Record<string, string>>;

type Add = (path: string, message: string) => void;

/** Everything that keeps an experiment from running, at the field where it can be mended. */
export function checkExperiment(experiment: Experiment, application: Application): Mistakes {
  const mistakes: Record<string, string> = {};
  const add: Add = (path, message) => {
    mistakes[path] ??= message;
  };
  for (const issue of experimentSchema.safeParse(experiment).error?.issues ?? [])
    add(issue.path.join('.'), issueSentence(issue));
  checkVariants(experiment, application, add);
  checkProbes(experiment, application, add);
  for (const name of differencesFromBaseline(experiment)) {
    if (!isDeclaredDifference(experiment.declaredDifferences, name))
      add(`declaredDifferences.${name}`, 'Tick it if it is wanted, or make the variants alike.');
  }
  return mistakes;
}

function checkVariants({ variants }: Experiment, application: Application, add: Add): void {
  const names = new Set<string>();
  for (const [index, variant] of variants.entries()) {
    if (names.has(variant.name)) add(`variants.${index}.name`, `Another variant is already named "${variant.name}".`);
    names.add(variant.name);
    const problem = topologyProblems(variant.topology, application)[0];
    if (problem !== undefined) add(`variants.${index}.topology`, sentence(problem));
    for (const [name, value] of Object.entries(variant.settings.tunables)) {
      const path = `variants.${index}.settings.tunables.${name}`;
      const tunable = application.tunables[name];
      if (tunable === undefined) add(path, `The application has no amount of work named "${name}".`);
      else if (value < tunable.min || value > tunable.max)
        add(path, `From ${tunable.min.toLocaleString('en-GB')} to ${tunable.max.toLocaleString('en-GB')}.`);
    }
  }
}

function checkProbes({ warmUp, probes }: Experiment, application: Application, add: Add): void {
  if (warmUp.maxMs < warmUp.minMs) add('warmUp.maxMs', 'The longest warm-up must not be shorter than the shortest.');
  if (probes.capacity !== null && probes.capacity.maxJourneysPerSecond <= probes.capacity.startJourneysPerSecond)
    add('probes.capacity.maxJourneysPerSecond', 'The highest rate must be above the first.');
  const faults = (probes.isolation?.faults ?? []).map((fault, index) => [`isolation.faults.${index}`, fault] as const);
  const storm = probes.storm == null ? [] : [['storm.fault', probes.storm.fault] as const];
  for (const [path, fault] of [...faults, ...storm]) {
    if (application.modules[fault.module] === undefined)
      add(`probes.${path}.module`, `The application has no module "${fault.module}".`);
    if (fault.kind === 'partition' && (fault.peer === undefined || fault.peer === fault.module))
      add(`probes.${path}.peer`, 'Choose another module to cut it off from.');
  }
}

/** The mistakes below a path, by what follows it. */
export function mistakesUnder(mistakes: Mistakes, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mistakes)
      .filter(([key]) => key.startsWith(`${path}.`))
      .map(([key, message]) => [key.slice(path.length + 1), message]),
  );
}
