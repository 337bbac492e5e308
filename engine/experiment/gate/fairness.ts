import {
  decimalFigure,
  isDeclaredDifference,
  percentFigure,
  settingDifferences,
  significantFigure,
  type GateCheck,
  type SeenFacts,
} from '../../model/index.ts';
import { OTHER_BASE } from '../../runtime/index.ts';
import { asPlanned } from './as-planned.ts';
import type { GateInputs } from './facts.ts';
import { sameLanguage } from './language.ts';
import { generatorApart, sameCpus, sameMemory } from './machine-share.ts';
import { asSeen, check, isDeclared, same } from './same.ts';
import { seed } from './seed.ts';
import { sameStore } from './store.ts';
import { otherLimits, surroundings } from './surroundings.ts';

/**
 * Whether the variants are compared fairly: one line a rule, `pass`, `fail`, `declared` (a difference that is wanted and named beside every
 * finding) or `unknown` where the runtime cannot tell. Pure.
 */
export function fairnessGate(inputs: GateInputs): GateCheck[] {
  return [
    source(inputs),
    ...sameLanguage(inputs),
    asPlanned(inputs, {
      ...{ name: 'base', title: 'Same base below every unit' },
      planned: ({ base }) => base,
      // A process stands on nothing but the Node that runs it.
      seen: ({ bases, nodeVersions }, { generator }) =>
        generator === 'process' ? (nodeVersions?.map((version) => `Node ${version.replace(/^v/, '')}`) ?? null) : bases,
      // The plan names an image as its registry does, a unit as the engine does.
      isNamedAlike: () => false,
      unlike: ({ bases, notAsBuilt }) => {
        if (bases?.includes(OTHER_BASE)) return 'not the base that was planned';
        return notAsBuilt.length === 0 ? null : `not the image that was built, in ${notAsBuilt.join(', ')}`;
      },
      words: (values) => values.join(' and '),
    }),
    sameCpus(inputs),
    generatorApart(inputs),
    same(
      inputs,
      'node',
      'Same Node in every unit',
      (facts) => facts.seen?.nodeVersions ?? null,
      (versions) => `${versions.map((version) => version.replace(/^v/, '')).join(' and ')}, ${asSeen}`,
    ),
    sameMemory(inputs),
    otherLimits(inputs),
    surroundings(inputs),
    asConfigured(inputs),
    seed(inputs),
    sameStore(inputs),
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

/** Settings with a line of their own above. */
const judgedApart = new Set(['store', 'resilience', 'language']);

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
