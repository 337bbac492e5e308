import { requestsPerJourney, type Application } from './application.ts';
import type { Experiment } from './experiment.ts';
import { faultLabel } from './fault-label.ts';
import { faultParameters, type Fault, type FaultKind } from './fault.ts';
import type { FieldProblem } from './field-problem.ts';
import { significantFigure } from './figure.ts';
import { isolationLoadMs } from './isolation-load.ts';
import { highestPlannedRate, longestStageMs } from './load.ts';

/** What keeps the probes of an experiment from measuring anything, or from being run at all. */
export function probeProblems(experiment: Experiment, application: Application): FieldProblem[] {
  const { hops } = experiment.probes;
  return [
    ...rateProblems(experiment),
    ...capacityProblems(experiment),
    ...(hops !== null && hops.traceShare === 0
      ? [{ path: 'probes.hops.traceShare', problem: 'must be above 0, or nothing is traced; allowed: at most 1' }]
      : []),
    ...isolationProblems(experiment, application),
    ...(experiment.probes.storm == null
      ? []
      : faultProblems(experiment.probes.storm.fault, application, 'probes.storm.fault')),
  ];
}

function rateProblems({ load: { journeysPerSecond }, probes: { latency, storm } }: Experiment): FieldProblem[] {
  const factors: [path: string, factor: number | undefined][] = [
    ['probes.latency.higher.factor', latency.higher?.factor],
    ['probes.storm.spikeFactor', storm?.spikeFactor],
  ];
  return factors.flatMap(([path, factor]) =>
    factor === undefined || factor * journeysPerSecond <= highestPlannedRate
      ? []
      : [
          {
            path,
            problem: `${factor} times ${journeysPerSecond} journeys a second is out of range; allowed: at most ${highestPlannedRate} a second`,
          },
        ],
  );
}

/** Fewer journeys, on average, say nothing about a rate. */
const leastJourneysAStep = 5;
/** A request that took longer than any deadline allows was not good. */
const longestObjectiveMs = 60_000;

function capacityProblems({ probes: { capacity } }: Experiment): FieldProblem[] {
  if (capacity === null) return [];
  const { startJourneysPerSecond, maxJourneysPerSecond, objective, stepMs } = capacity;
  const problems: FieldProblem[] = [];
  const leastRate = (leastJourneysAStep * 1000) / stepMs;
  if (startJourneysPerSecond < leastRate)
    problems.push({
      path: 'probes.capacity.startJourneysPerSecond',
      problem: `in a step of ${stepMs} ms too little comes to be judged; allowed: at least ${significantFigure(leastRate, 3)}`,
    });
  if (maxJourneysPerSecond <= startJourneysPerSecond)
    problems.push({
      path: 'probes.capacity.maxJourneysPerSecond',
      problem: `the highest rate (${maxJourneysPerSecond}) is not above the first (${startJourneysPerSecond})`,
    });
  if (objective.p95Ms > longestObjectiveMs)
    problems.push({
      path: 'probes.capacity.objective.p95Ms',
      problem: `${objective.p95Ms} ms is out of range; allowed: at most ${longestObjectiveMs}`,
    });
  if (objective.availability === 0)
    problems.push({
      path: 'probes.capacity.objective.availability',
      problem: 'must be above 0, or every rate would do; allowed: at most 1',
    });
  return problems;
}

/** Faults after which the supervisor starts the unit again, each time later than the time before. */
const restartedBySupervisor: ReadonlySet<FaultKind> = new Set(['crash', 'out-of-memory']);

function isolationProblems(
  { load: { journeysPerSecond }, probes: { isolation } }: Experiment,
  application: Application,
): FieldProblem[] {
  if (isolation === null) return [];
  const { faults, control, faultMs, budgetMs } = isolation;
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
  const lengthMs = isolationLoadMs(isolation);
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

/** Less of it does nothing that could be measured. */
const least = { delayMs: 0.1, share: 0.001 };

/** What of a fault can never work on the application; `path`: where it stands. */
export function faultProblems(fault: Fault, { entry, modules }: Application, path: string): FieldProblem[] {
  const { kind, module, peer } = fault;
  const unknown = (name: string) => `unknown module "${name}"; allowed: ${Object.keys(modules).join(', ')}`;
  const taken = faultParameters[kind] ?? [];
  const problems: FieldProblem[] = [];
  const add = (field: string, problem: string) => problems.push({ path: `${path}.${field}`, problem });
  if (!Object.hasOwn(modules, module)) add('module', unknown(module));
  if (peer !== undefined && !Object.hasOwn(modules, peer)) add('peer', unknown(peer));
  if (kind === 'partition' && (peer ?? entry) === module)
    add('peer', 'a partition needs another module to cut this one off from');
  for (const name of ['peer', 'delayMs', 'jitter', 'share'] as const)
    if (fault[name] !== undefined && !taken.includes(name))
      add(name, `does nothing to a fault of the kind "${kind}"; allowed: ${taken.join(', ') || 'no numbers'}`);
  for (const name of ['delayMs', 'share'] as const)
    if ((fault[name] ?? least[name]) < least[name] && taken.includes(name))
      add(name, `${fault[name]} is too little to be seen; allowed: at least ${least[name]}`);
  return problems;
}
