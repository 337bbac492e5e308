import { experimentProblems, experimentSchema, type Application, type Experiment } from '../../engine/model/index.ts';
import { issueSentence, sentence } from './sentence.ts';

/** Mistakes by path of the field, for example `load.journeysPerSecond` or `variants.1.name`. */
export type Mistakes = Readonly<Record<string, string>>;

/** Everything that keeps an experiment from running, at the field where it can be mended. */
export function checkExperiment(experiment: Experiment, application: Application): Mistakes {
  const mistakes = new Map<string, string>();
  const add = (path: string, message: string): void => {
    if (!mistakes.has(path)) mistakes.set(path, message);
  };
  for (const issue of experimentSchema.safeParse(experiment).error?.issues ?? [])
    add(issue.path.join('.'), issueSentence(issue));
  for (const { path, problem } of experimentProblems(experiment, application)) add(path, sentence(problem));
  return Object.fromEntries(mistakes);
}

/** Whether anything keeps an experiment from running. */
export function hasMistakes(experiment: Experiment, application: Application): boolean {
  return Object.keys(checkExperiment(experiment, application)).length > 0;
}

/** The mistakes below a path, by what follows it. */
export function mistakesUnder(mistakes: Mistakes, path: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mistakes)
      .filter(([key]) => key.startsWith(`${path}.`))
      .map(([key, message]) => [key.slice(path.length + 1), message]),
  );
}
