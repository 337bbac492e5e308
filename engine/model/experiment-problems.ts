import type { Application } from './application.ts';
import type { Experiment } from './experiment.ts';
import { repeatedNames, type FieldProblem } from './field-problem.ts';
import { familyAlpha, minimumBlocks } from './look.ts';
import { own } from './own.ts';
import { askedFor } from './probe/compose.ts';
import { differencesFromBaseline, isDeclaredDifference } from './setting-differences.ts';
import { storeProblem } from './store.ts';
import { instanceProblems, topologyProblems } from './topology.ts';

/** Everything in an experiment that does not fit its application or itself, beyond what its schema says; empty when it can run. Pure. */
export function experimentProblems(experiment: Experiment, application: Application): FieldProblem[] {
  return [
    ...variantProblems(experiment, application),
    ...probeProblems(experiment, application),
    ...loadProblems(experiment),
    ...lookProblems(experiment),
    ...declaredProblems(experiment, application),
    ...differencesFromBaseline(experiment)
      .filter((name) => !isDeclaredDifference(experiment.declaredDifferences, name))
      .map((name) => ({
        path: `declaredDifferences.${name}`,
        problem: `the variants differ in "${name}", so the comparison would not be fair: make them alike, or declare the difference if it is wanted`,
      })),
  ];
}

/** What keeps the probes of an experiment from measuring anything, or from being run at all. */
function probeProblems({ probes, load, variants }: Experiment, application: Application): FieldProblem[] {
  return askedFor(probes).flatMap(
    ({ probe, settings }) => probe.problems?.(settings, { application, load, variants }) ?? [],
  );
}

/** More memory than any machine has, bytes. */
const mostMemoryBytes = 2 ** 44;

function loadProblems({ warmUp, resources: { memoryBytes } }: Experiment): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (warmUp.maxMs < warmUp.minMs)
    problems.push({
      path: 'warmUp.maxMs',
      problem: `the longest warm-up (${warmUp.maxMs} ms) is shorter than the shortest, warmUp.minMs (${warmUp.minMs} ms)`,
    });
  if (memoryBytes !== null && memoryBytes > mostMemoryBytes)
    problems.push({
      path: 'resources.memoryBytes',
      problem: `${memoryBytes} bytes are out of range; allowed: at most ${mostMemoryBytes}`,
    });
  return problems;
}

function declaredProblems({ declaredDifferences }: Experiment, { tunables }: Application): FieldProblem[] {
  const at = (index: number) => `declaredDifferences.${index}`;
  return [
    ...repeatedNames(declaredDifferences, at),
    ...declaredDifferences.flatMap((name, index) => {
      const tunable = /^tunables\.(.*)$/.exec(name)?.[1];
      return tunable === undefined || Object.hasOwn(tunables, tunable)
        ? []
        : [{ path: at(index), problem: `unknown tunable "${tunable}"; allowed: ${Object.keys(tunables).join(', ')}` }];
    }),
  ];
}

/** A plan of looks by which the chance of a false verdict is not what it is said to be. */
function lookProblems({ looks, blocks }: Experiment): FieldProblem[] {
  const [first, last] = [looks?.[0], looks?.at(-1)];
  if (looks === null || first === undefined || last === undefined) return [];
  const problems: FieldProblem[] = [];
  const add = (index: number, field: string, problem: string) =>
    problems.push({ path: `looks.${index}.${field}`, problem });
  if (first.blocks < minimumBlocks && looks.length > 1)
    add(0, 'blocks', `a look after ${first.blocks} blocks can decide nothing; allowed: at least ${minimumBlocks}`);
  if (last.blocks !== blocks)
    add(
      looks.length - 1,
      'blocks',
      `the last look comes after ${last.blocks} blocks, and ${blocks} are run; allowed: ${blocks}`,
    );
  if (last.alphaSpent !== familyAlpha)
    add(
      looks.length - 1,
      'alphaSpent',
      `the looks spend ${last.alphaSpent} together, and every result promises ${familyAlpha}; allowed: ${familyAlpha} at the last one`,
    );
  for (const [index, look] of looks.entries())
    if (index > 0 && look.alphaSpent <= (looks[index - 1]?.alphaSpent ?? 0))
      add(
        index,
        'alphaSpent',
        'a look that adds nothing to what is spent can find nothing; allowed: more than the one before it',
      );
  return problems;
}

function variantProblems({ variants }: Experiment, application: Application): FieldProblem[] {
  const names = new Set<string>();
  const titles = new Set<string>();
  return variants.flatMap((variant, index) => {
    const problems: FieldProblem[] = [];
    // Reports show the title, and nothing else where there is one.
    const title = variant.title ?? variant.name;
    if (names.has(variant.name))
      problems.push({
        path: `variants.${index}.name`,
        problem: `name "${variant.name}" is taken; variant names must differ`,
      });
    else if (titles.has(title))
      problems.push({
        path: `variants.${index}.title`,
        problem: `title "${title}" is what another variant is called; allowed: one that tells them apart`,
      });
    names.add(variant.name);
    titles.add(title);
    const [problem] = [
      ...topologyProblems(variant.topology, application),
      ...instanceProblems(variant.topology, variant.settings.store, application),
    ];
    if (problem !== undefined) problems.push({ path: `variants.${index}.topology`, problem });
    const ofStore = storeProblem(variant);
    if (ofStore !== null) problems.push({ path: `variants.${index}.settings.store`, problem: ofStore });
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
): FieldProblem[] {
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
