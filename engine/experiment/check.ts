import { experimentProblems, type Application, type Experiment } from '../model/index.ts';

/** An experiment does not fit its application; the message names the field and what is allowed. */
export class ExperimentError extends Error {
  override name = 'ExperimentError';
}

/** Throws ExperimentError when the experiment asks for what the application does not have. */
export function checkExperiment(experiment: Experiment, application: Application): void {
  const [first] = experimentProblems(experiment, application);
  if (first !== undefined) throw new ExperimentError(`field "${first.path}": ${first.problem}`);
}
