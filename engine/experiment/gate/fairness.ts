import { isDeepStrictEqual } from 'node:util';
import {
  decimalFigure,
  isDeclaredDifference,
  percentFigure,
  settingDifferences,
  significantFigure,
  type GateCheck,
} from '../../model/index.ts';
import type { GateInputs, VariantFacts } from './facts.ts';
import type { SeenFacts } from './seen.ts';

/**
 * Whether the variants are compared fairly: one line a rule, `pass`, `fail`, `declared` (a difference that is wanted and named beside every
 * finding) or `unknown` where the runtime cannot tell. Pure.
 */
export function fairnessGate(inputs: GateInputs): GateCheck[] {
  return [
    source(inputs),
    seen(inputs, 'base', 'Same base below every unit', {
      planned: (facts) => facts.base,
      seen: ({ bases }) => bases,
    }),
    seen(inputs, 'cpu', 'Same total CPU', {
      planned: (facts) => facts.cpus?.join(',') ?? null,
      seen: ({ cpus }) => cpus,
      words: (cpus) =>
        cpus.includes('') ? 'not held to any CPU' : `CPU ${cpus.join(' and ')} for all units of a deployment together`,
    }),
    generatorApart(inputs),
    same(
      inputs,
      'node',
      'Same Node in every unit',
      (facts) => facts.seen?.nodeVersions ?? null,
      (versions) => `${versions.map((version) => version.replace(/^v/, '')).join(' and ')}, ${asSeen}`,
    ),
    seen(inputs, 'memory', 'Same total memory', {
      planned: (facts) => (facts.memoryBytes === null ? null : [String(facts.memoryBytes)]),
      seen: ({ memoryBytes }) => (memoryBytes === null ? null : [String(memoryBytes)]),
      words: ([bytes]) =>
        bytes === '0'
          ? 'without a limit'
          : `${decimalFigure(Number(bytes) / 2 ** 20, 0)} MiB for all units of a deployment together`,
    }),
    surroundings(inputs),
    asConfigured(inputs),
    seed(inputs),
    same(
      inputs,
      'store',
      'Same store',
      (facts) => facts.variant.settings.store,
      (store) => store,
    ),
    same(
      inputs,
      'resilience',
      'Same resilience policy',
      (facts) => facts.variant.settings.resilience,
      ({ deadlineMs }) => `deadline ${deadlineMs} ms between modules, the same retries, breaker and bulkhead`,
    ),
    otherSettings(inputs),
    same(
      inputs,
      'journeys',
      'Same requests per journey',
      (facts) => facts.requestsPerJourney,
      (count) => `${significantFigure(count, 3, { meaning: [1] })} requests per journey on average`,
    ),
    same(
      inputs,
      'generator',
      'Load generator placed alike',
      (facts) => facts.generator,
      (place) => (place === 'container' ? "a container on the application's network" : 'a process on the same machine'),
    ),
    ...(inputs.turns == null
      ? []
      : [check('turns', 'Deployments loaded alike', { status: 'pass', detail: inputs.turns })]),
    quiet(inputs),
    versions(inputs),
  ];
}

/** The checks that must stop a run: what failed and was not declared. A machine that is not quiet does not: every round is judged for itself and repeated. */
export function stoppingChecks(checks: readonly GateCheck[]): GateCheck[] {
  return checks.filter((check) => check.status === 'fail' && check.name !== 'quiet');
}

type Outcome = Pick<GateCheck, 'status' | 'detail'>;

function check(name: string, title: string, outcome: Outcome): GateCheck {
  return { name, title, ...outcome };
}

function isDeclared({ declared }: GateInputs, name: string): boolean {
  return declared.includes(name);
}

function same<T>(
  inputs: GateInputs,
  name: string,
  title: string,
  read: (facts: VariantFacts) => T | null,
  words: (value: T) => string,
): GateCheck {
  const values = inputs.variants.map((facts) => ({ name: facts.variant.name, value: read(facts) }));
  const [first] = values;
  if (first === undefined) return check(name, title, { status: 'unknown', detail: 'there is no variant' });
  const unknown = values.filter(({ value }) => value === null);
  if (first.value === null || unknown.length > 0) {
    const whose = unknown.length === values.length ? '' : ` for ${unknown.map((one) => one.name).join(', ')}`;
    return check(name, title, { status: 'unknown', detail: `cannot be told here${whose}` });
  }
  const others = values.filter(({ value }) => !isDeepStrictEqual(value, first.value));
  if (others.length === 0) return check(name, title, { status: 'pass', detail: words(first.value) });
  const detail = values.map((one) => `${one.name}: ${one.value === null ? 'unknown' : words(one.value)}`).join('; ');
  return check(name, title, { status: isDeclared(inputs, name) ? 'declared' : 'fail', detail });
}

const asSeen = 'as seen in every running unit';

/** What the variants are given alike, held against what their running units show once they do. */
function seen(
  inputs: GateInputs,
  name: string,
  title: string,
  read: {
    planned: (facts: VariantFacts) => readonly string[] | string | null;
    seen: (seen: SeenFacts) => readonly string[] | null;
    words?: (values: readonly string[]) => string;
  },
): GateCheck {
  const words = read.words ?? ((values: readonly string[]) => values.join(' and '));
  const inUnits = (facts: VariantFacts) => (facts.seen === null ? null : read.seen(facts.seen));
  const shown = inputs.variants.filter((facts) => inUnits(facts) !== null);
  const ofShown = same({ ...inputs, variants: shown }, name, title, inUnits, (values) => `${words(values)}, ${asSeen}`);
  // Of those that show it some may differ although others show nothing.
  if (shown.length === inputs.variants.length || ofShown.status === 'fail') return ofShown;
  return same(
    inputs,
    name,
    title,
    (facts) => {
      const planned = read.planned(facts);
      return typeof planned === 'string' ? [planned] : planned;
    },
    (values) => `${words(values)}, the same by construction`,
  );
}

function asConfigured(inputs: GateInputs): GateCheck {
  const title = 'Every unit runs with the settings of its variant';
  const name = 'configured';
  if (inputs.variants.some((facts) => facts.seen === null))
    return check(name, title, { status: 'unknown', detail: 'not known before the units run' });
  const unitsIn = (read: (shown: SeenFacts) => readonly string[]) =>
    inputs.variants.flatMap(({ variant, seen: shown }) =>
      (shown === null ? [] : read(shown)).map((unit) => `${unit} of ${variant.name}`),
    );
  const unlike = unitsIn((shown) => shown.unlike);
  if (unlike.length > 0)
    return check(name, title, { status: 'fail', detail: `others were found in ${unlike.join(', ')}` });
  const unseen = unitsIn((shown) => shown.unseen);
  if (unseen.length > 0)
    return check(name, title, { status: 'unknown', detail: `cannot be seen in ${unseen.join(', ')}` });
  return check(name, title, { status: 'pass', detail: `none was found with others, ${asSeen}` });
}

/** Three facts on one line. What no unit shows is what all are given alike, and is said to be that. */
function surroundings(inputs: GateInputs): GateCheck {
  const [name, title] = ['surroundings', 'Same user, restarts and environment of every unit'];
  const facts: [string, (shown: SeenFacts) => readonly string[] | null][] = [
    ['user', (shown) => shown.users],
    ['restarted after a crash:', (shown) => shown.restarts],
    ['environment', (shown) => shown.environments],
  ];
  const isSeen = ([, read]: (typeof facts)[number]) =>
    inputs.variants.every(({ seen: shown }) => shown !== null && read(shown) !== null);
  const told = facts.filter(isSeen);
  const untold = facts.filter((fact) => !isSeen(fact)).map(([words]) => words.replace(/:$/, ''));
  const outcome = same(
    inputs,
    name,
    title,
    ({ seen: shown }) =>
      shown === null || told.length === 0
        ? null
        : told.map(([words, read]) => `${words} ${(read(shown) ?? []).join(' and ')}`),
    (values) => `${values.join(', ')}, ${asSeen}`,
  );
  if (outcome.status === 'unknown' || untold.length === 0) return outcome;
  return { ...outcome, detail: `${outcome.detail}; ${untold.join(' and ')}: the same by construction` };
}

function source(inputs: GateInputs): GateCheck {
  const title = 'Same source';
  const hash = same(
    inputs,
    'source',
    title,
    (facts) => facts.sourceHash,
    (value) => `source hash ${value.slice(0, 12)}`,
  );
  const commit = same(
    inputs,
    'source',
    title,
    (facts) => facts.sourceCommit,
    (value) => `commit ${value.slice(0, 12)}`,
  );
  if (hash.status !== 'pass') return hash;
  // The hash covers what was built; a commit is only known in a clone.
  if (commit.status === 'unknown') return { ...hash, detail: `${hash.detail}, commit not known` };
  return { ...commit, detail: `${hash.detail}, ${commit.detail}` };
}

function generatorApart(inputs: GateInputs): GateCheck {
  const outcomes = inputs.variants.map(({ variant, cpus, generatorCpus }) => ({
    variant: variant.name,
    known: cpus !== null && generatorCpus !== null,
    shared: (generatorCpus ?? []).filter((cpu) => cpus?.includes(cpu)),
  }));
  const title = "Load generator and engine off the application's CPUs";
  if (outcomes.some(({ known }) => !known))
    return check('generator-cpu', title, { status: 'unknown', detail: 'this runtime cannot hold programs to CPUs' });
  const shared = outcomes.filter((outcome) => outcome.shared.length > 0);
  if (shared.length === 0) return check('generator-cpu', title, { status: 'pass', detail: 'they share none' });
  const detail = `CPU ${[...new Set(shared.flatMap((outcome) => outcome.shared))].join(', ')} is used by both (${shared.map((outcome) => outcome.variant).join(', ')})`;
  if (inputs.machineCpus < 2)
    return check('generator-cpu', title, { status: 'declared', detail: `${detail}; the machine has no second one` });
  return check('generator-cpu', title, { status: isDeclared(inputs, 'generator-cpu') ? 'declared' : 'fail', detail });
}

function seed(inputs: GateInputs): GateCheck {
  const title = 'Same data';
  const planned = same(
    inputs,
    'seed',
    title,
    (facts) => facts.seed,
    (value) => `drawn from seed ${value}, anew for each block`,
  );
  if (planned.status !== 'pass') return planned;
  const hashes = same(
    inputs,
    'seed',
    title,
    (facts) => facts.seen?.seedHashes ?? null,
    (value) => `the seeded data of ${Object.keys(value).length} modules is the same`,
  );
  if (hashes.status === 'unknown')
    return { ...planned, detail: `${planned.detail}; each module tells the hash of its data once it runs` };
  return { ...hashes, detail: `${planned.detail}; ${hashes.detail}` };
}

/** Settings with a line of their own above. */
const judgedApart = new Set(['store', 'resilience']);

function otherSettings(inputs: GateInputs): GateCheck {
  const title = 'Same other settings';
  const [first, ...others] = inputs.variants;
  const differing = new Set(
    first === undefined
      ? []
      : others
          .flatMap((facts) => settingDifferences(first.variant, facts.variant))
          .filter((name) => !judgedApart.has(name)),
  );
  if (differing.size === 0)
    return check('settings', title, { status: 'pass', detail: 'consistency, outbox and tunables are the same' });
  const names = [...differing];
  const undeclared = names.filter((name) => !isDeclaredDifference(inputs.declared, name));
  const detail =
    undeclared.length === 0
      ? `differ as declared: ${names.join(', ')}`
      : `differ without being declared: ${undeclared.join(', ')}`;
  return check('settings', title, { status: undeclared.length === 0 ? 'declared' : 'fail', detail });
}

function quiet({ quietness, ...inputs }: GateInputs): GateCheck {
  const title = 'Quiet machine';
  if (quietness === null) return check('quiet', title, { status: 'unknown', detail: 'the machine was not watched' });
  const share = quietness.foreignCpuShare;
  if (quietness.quiet) {
    const used = share === null ? 'not known' : `${percentFigure(share, 1)} % of the processors`;
    const withheld =
      quietness.withheldShare === null
        ? ''
        : `, CPU withheld ${percentFigure(quietness.withheldShare, 1)} % of the time`;
    const detail = `timers ${decimalFigure(quietness.loopLagP99Ms, 1)} ms late at p99, other programs ${used}${withheld}`;
    return check('quiet', title, { status: share === null ? 'unknown' : 'pass', detail });
  }
  return check('quiet', title, {
    status: isDeclared({ quietness, ...inputs }, 'quiet') ? 'declared' : 'fail',
    detail: quietness.reasons.join('; '),
  });
}

function versions(inputs: GateInputs): GateCheck {
  const entries = Object.entries(inputs.versions);
  const missing = entries.filter(([, version]) => version === null).map(([name]) => name);
  const detail = entries.map(([name, version]) => `${name} ${version ?? 'not known'}`).join(', ');
  return check('versions', 'Versions recorded', { status: missing.length === 0 ? 'pass' : 'unknown', detail });
}
