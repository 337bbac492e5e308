import type { Application } from './application.ts';
import type { Experiment } from './experiment.ts';
import type { Fault, FaultKind } from './fault.ts';
import { own } from './own.ts';
import { differencesFromBaseline, isDeclaredDifference } from './setting-differences.ts';
import { topologyProblems } from './topology.ts';

/** Something that keeps an experiment from running: the field where it can be mended, dotted, and what is wrong with it, one clause. */
export interface ExperimentProblem {
  path: string;
  problem: string;
}

/** Everything in an experiment that does not fit its application or itself, beyond what its schema says; empty when it can run. Pure. */
export function experimentProblems(experiment: Experiment, application: Application): ExperimentProblem[] {
  return [
    ...variantProblems(experiment, application),
    ...probeProblems(experiment, application),
    ...laterProblems(experiment),
    ...differencesFromBaseline(experiment)
      .filter((name) => !isDeclaredDifference(experiment.declaredDifferences, name))
      .map((name) => ({
        path: `declaredDifferences.${name}`,
        problem: `the variants differ in "${name}", so the comparison would not be fair: make them alike, or declare the difference if it is wanted`,
      })),
  ];
}

/** The files have room for what later versions do; until then it is refused, since a setting that does nothing is believed. */
function laterProblems({ looks, budgetMs, probes, variants }: Experiment): ExperimentProblem[] {
  const later = (path: string): ExperimentProblem => ({
    path,
    problem: 'this version of Cleave cannot do this yet; leave the field out',
  });
  return [
    ...(looks === null ? [] : [later('looks')]),
    ...(budgetMs == null ? [] : [later('budgetMs')]),
    ...(probes.latency.windows == null ? [] : [later('probes.latency.windows')]),
    ...variants.flatMap(({ topology }, index) =>
      topology.units.flatMap(({ instances = 1 }, unit) =>
        instances === 1 ? [] : [later(`variants.${index}.topology.units.${unit}.instances`)],
      ),
    ),
  ];
}

function variantProblems({ variants }: Experiment, application: Application): ExperimentProblem[] {
  const names = new Set<string>();
  return variants.flatMap((variant, index) => {
    const problems: ExperimentProblem[] = [];
    if (names.has(variant.name))
      problems.push({
        path: `variants.${index}.name`,
        problem: `name "${variant.name}" is taken; variant names must differ`,
      });
    names.add(variant.name);
    const [problem] = topologyProblems(variant.topology, application);
    if (problem !== undefined) problems.push({ path: `variants.${index}.topology`, problem });
    return [
      ...problems,
      ...tunableProblems(variant.settings.tunables, application, `variants.${index}.settings.tunables`),
    ];
  });
}

function tunableProblems(
  values: Readonly<Record<string, number>>,
  { tunables }: Application,
  path: string,
): ExperimentProblem[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const tunable = own(tunables, name);
    if (tunable === undefined)
      return [
        { path: `${path}.${name}`, problem: `unknown tunable "${name}"; allowed: ${Object.keys(tunables).join(', ')}` },
      ];
    const { min, max } = tunable;
    if (value >= min && value <= max) return [];
    return [{ path: `${path}.${name}`, problem: `the value ${value} is out of range; allowed: ${min} to ${max}` }];
  });
}

/** Faults after which the supervisor starts the unit again, each time later than the time before. */
const restartedBySupervisor: ReadonlySet<FaultKind> = new Set(['crash', 'out-of-memory']);

function probeProblems({ warmUp, probes }: Experiment, application: Application): ExperimentProblem[] {
  const problems: ExperimentProblem[] = [];
  if (warmUp.maxMs < warmUp.minMs)
    problems.push({
      path: 'warmUp.maxMs',
      problem: `the longest warm-up (${warmUp.maxMs} ms) is shorter than the shortest, warmUp.minMs (${warmUp.minMs} ms)`,
    });
  const { capacity, isolation, storm } = probes;
  if (capacity !== null && capacity.maxJourneysPerSecond <= capacity.startJourneysPerSecond)
    problems.push({
      path: 'probes.capacity.maxJourneysPerSecond',
      problem: `the highest rate (${capacity.maxJourneysPerSecond}) is not above the first (${capacity.startJourneysPerSecond})`,
    });
  const restarts = (isolation?.faults ?? []).filter(({ kind }) => restartedBySupervisor.has(kind));
  const second = restarts[1];
  if (second !== undefined)
    problems.push({
      path: `probes.isolation.faults.${isolation?.faults.indexOf(second) ?? 0}`,
      problem: `only one of the faults may be one that the supervisor heals (${[...restartedBySupervisor].join(', ')}): a second one in the same deployment meets its back-off and looks worse than it is`,
    });
  for (const [index, fault] of (isolation?.faults ?? []).entries())
    problems.push(...faultProblems(fault, application, `probes.isolation.faults.${index}`));
  if (storm != null) problems.push(...faultProblems(storm.fault, application, 'probes.storm.fault'));
  return problems;
}

function faultProblems(
  { kind, module, peer }: Fault,
  { entry, modules }: Application,
  path: string,
): ExperimentProblem[] {
  const unknown = (name: string) => `unknown module "${name}"; allowed: ${Object.keys(modules).join(', ')}`;
  const problems: ExperimentProblem[] = [];
  if (!Object.hasOwn(modules, module)) problems.push({ path: `${path}.module`, problem: unknown(module) });
  if (peer !== undefined && !Object.hasOwn(modules, peer))
    problems.push({ path: `${path}.peer`, problem: unknown(peer) });
  if (kind === 'partition' && (peer ?? entry) === module)
    problems.push({ path: `${path}.peer`, problem: 'a partition needs another module to cut this one off from' });
  return problems;
}
