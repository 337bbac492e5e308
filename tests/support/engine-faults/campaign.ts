import { expect } from 'vitest';
import type { CallKind } from './call.ts';
import { problemsOf as problemsOfRun } from './judge.ts';
import { titleOf } from './plan.ts';
import type { EngineFault } from './proxy.ts';
import { tableOf } from './table.ts';
import { experiment, tryFault, type Subject, type Trial } from './trial.ts';

/** What is run, and what is held against how it ended. */
export interface Tried {
  subject: Subject;
  problemsOf: (trial: Trial) => string[];
}
const experiments: Tried = { subject: experiment, problemsOf: problemsOfRun };

/** Kinds of calls that a run makes which nothing disturbs. Throws where such a run does not complete. */
export async function callsOfPassingRun(
  dockerHost: string,
  { subject, problemsOf }: Tried = experiments,
): Promise<CallKind[]> {
  const passing = await tryFault(dockerHost, null, null, subject);
  expect({ code: passing.code, problems: problemsOf(passing) }, passing.text).toEqual({ code: 0, problems: [] });
  return passing.calls;
}

/** Tries one fault after another, says how each ended, and holds all of them to an end without a hang and with nothing left. */
export async function tryAll(
  dockerHost: string,
  faults: readonly EngineFault[],
  { subject, problemsOf }: Tried = experiments,
): Promise<void> {
  const trials: Trial[] = [];
  for (const fault of faults) {
    const trial = await tryFault(dockerHost, fault, null, subject);
    trials.push(trial);
    const problems = problemsOf(trial);
    const took = `${(trial.tookMs / 1000).toFixed(0)} s`;
    console.log(
      `${titleOf(fault)}: code ${trial.code}, ${trial.done} times, ${took}${trial.code === 0 ? '' : `: ${trial.stderr.trim()}`}${problems.length === 0 ? '' : ` *** ${problems.join('; ')} ***`}`,
    );
  }
  console.log(tableOf(trials));
  const wrong = trials.flatMap((trial) => {
    const problems = problemsOf(trial);
    return problems.length === 0 || trial.fault === null ? [] : [`${titleOf(trial.fault)}: ${problems.join('; ')}`];
  });
  expect(wrong).toEqual([]);
}
