import { requestsPerJourney } from '../../application.ts';
import { faultLabel } from '../../fault-label.ts';
import type { FaultKind } from '../../fault.ts';
import type { FieldProblem } from '../../field-problem.ts';
import { highestPlannedRate, longestStageMs } from '../../load.ts';
import type { ProblemContext } from '../description.ts';
import { faultProblems } from '../fault-problems.ts';
import { isolationLoadMs } from './load.ts';
import type { IsolationSettings } from './settings.ts';

/** Faults after which the supervisor starts the unit again, each time later than the time before. */
const restartedBySupervisor: ReadonlySet<FaultKind> = new Set(['crash', 'out-of-memory']);

/** What keeps its faults from being done, or from being told apart. */
export function isolationProblems(
  settings: IsolationSettings,
  { application, load: { journeysPerSecond } }: ProblemContext,
): FieldProblem[] {
  const { faults, control, faultMs, budgetMs } = settings;
  const problems: FieldProblem[] = [];
  const add = (field: string, problem: string) => problems.push({ path: `probes.isolation.${field}`, problem });
  if (faults.length === 0 && !control)
    add('faults', 'there is no fault to do; add one, ask for the control, or leave the probe out');
  const second = faults.filter(({ kind }) => restartedBySupervisor.has(kind))[1];
  if (second !== undefined)
    add(
      `faults.${faults.indexOf(second)}`,
      `only one of the faults may be one that the supervisor heals (${[...restartedBySupervisor].join(', ')}): a second one in the same deployment meets its back-off and looks worse than it is`,
    );
  const labels = faults.map(faultLabel);
  for (const [index, label] of labels.entries())
    if (labels.indexOf(label) < index)
      add(`faults.${index}`, `${label} is there twice, and the two could not be told apart; allowed: once`);
  if (budgetMs != null && budgetMs < faultMs)
    add('budgetMs', `the time for all faults (${budgetMs} ms) is shorter than one fault, faultMs (${faultMs} ms)`);
  const lengthMs = isolationLoadMs(settings);
  if (lengthMs > longestStageMs)
    add(
      'faults',
      `with their recoveries they may take ${lengthMs} ms in one load; allowed: at most ${longestStageMs}, with fewer faults or a shorter recoveryMs`,
    );
  const perSecond = journeysPerSecond * requestsPerJourney(application);
  if (perSecond > highestPlannedRate)
    problems.push({
      path: 'load.journeysPerSecond',
      problem: `${journeysPerSecond} is out of range under faults, where every request comes by itself; allowed: at most ${highestPlannedRate} requests a second`,
    });
  for (const [index, fault] of faults.entries())
    problems.push(...faultProblems(fault, application, `probes.isolation.faults.${index}`));
  return problems;
}
