import {
  estimateDurationMs,
  languageTitles,
  metricOf,
  own,
  plural,
  presetOf,
  withFaultsInWords,
  type Application,
  type ClaimExperiment,
  type ClaimOutcome,
  type Claims,
  type Evidence,
  type Finding,
  type JudgedClaim,
  type PresetName,
  type Result,
} from '../../model/index.ts';
import { factsOf } from './facts.ts';
import { inPlainWords } from './in-plain-words.ts';
import { newestFindings } from './newest.ts';
import {
  cutOf,
  differencesOf,
  measuredAsUsual,
  sourceOf,
  changesIn,
  titlesIn,
  withCommonBudget,
  withNewestCuts,
  type ClaimSource,
  type MeasuredCut,
} from './source.ts';
import { claims, sameAnswers, type Claim, type ClaimTest } from './table.ts';

export interface ClaimInputs {
  application: Application;
  /** Of the application's source as it is now, and of this machine: only what has both is looked at. */
  sourceHash: string;
  machine: string;
  /** In any order; of several that measured the same, the newest counts, whatever it says. */
  sources: readonly ClaimSource[];
}

/** Judges every claim from what was measured of this source on this machine. Pure: nothing that was not measured changes an outcome. */
export function judgeClaims({ application, sourceHash, machine, sources }: ClaimInputs): Claims {
  const fitting = withCommonBudget(
    sources
      .filter((source) => source.sourceHash === sourceHash && source.machine === machine)
      .toSorted((a, b) => (a.endedAt < b.endedAt ? 1 : -1)),
  );
  const of = (allowed: readonly string[] = []) => withNewestCuts(measuredAsUsual(fitting, allowed));
  const judged = claims.map((claim) => judge(claim, of(claim.allows), application));
  const weighed = factsOf(of());
  // What bears on nothing is left out like what was measured elsewhere.
  const counted = new Set([
    ...judged.flatMap(({ evidence }) => evidence.flatMap(({ result }) => result?.id ?? [])),
    ...weighed.facts.map(({ result }) => result.id),
  ]);
  return {
    ...{ application: application.name, sourceHash, machine },
    results: counted.size,
    others: sources.length - counted.size,
    claims: judged,
    ...weighed,
  };
}

/** What one result by itself says of the claims that it has anything to say of. Pure. */
export function judgeResult(result: Result): JudgedClaim[] {
  const { application } = result;
  const sources = [sourceOf(result)];
  return claims.map((claim) => judge(claim, sources, application)).filter(({ evidence }) => evidence.length > 0);
}

/** What one result by itself says of cuts that differ in nothing else. Pure. */
export function judgeFacts(result: Result): Pick<Claims, 'facts' | 'units' | 'outside'> {
  return factsOf([sourceOf(result)]);
}

function judge(claim: Claim, sources: readonly ClaimSource[], application: Application): JudgedClaim {
  const { name, title, side, said, tested, asks, published, cannot } = claim;
  const evidence = [
    ...claim.tests.flatMap((test) => evidenceOf(claim, test, sources)),
    ...alsoSeen(claim, sources, application),
  ];
  const outcome = outcomeOf(evidence);
  return {
    ...{ name, title, side, said, tested, asks, outcome, evidence },
    sentence: inWords(outcome, evidence),
    published: [...published],
    cannot: [...cannot],
    presets: presetsOf(claim),
    missing: missingOf(claim, evidence, application),
  };
}

/** What the newest findings of a metric say, one for each pair of cuts and each place that it was looked at. */
function evidenceOf(claim: Claim, test: ClaimTest, sources: readonly ClaimSource[]): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const { source, finding } of newestFindings(sources)) {
    if (finding.metric !== test.metric || finding.scope.endpoint !== undefined) continue;
    const says = saysOf(claim, test, source, finding);
    // The same two cuts, whichever of them was the baseline.
    const cuts = [finding.baseline.variant, finding.variant.variant].toSorted();
    const key = JSON.stringify([finding.scope, cuts]);
    if (says === null || found.has(key)) continue;
    const { id, title, endedAt } = source;
    found.set(key, {
      ...{ title: titleOf(finding), metric: finding.metric },
      ...{
        says,
        counted: finding.method === 'counted',
        sentence: inPlainWords(finding, titlesIn(source), changesIn(source)),
      },
      result: { id, title, endedAt },
    });
  }
  return [...found.values()];
}

/** Null where the two sides differ by more, or by something else, than the claim is about. */
function saysOf(
  { allows = [] }: Claim,
  { expects }: ClaimTest,
  source: ClaimSource,
  { verdict, declared, baseline, variant }: Finding,
): Evidence['says'] | null {
  const [one, other] = [cutOf(source, baseline.variant), cutOf(source, variant.variant)];
  if (one === undefined || other === undefined || one.units === other.units) return null;
  if (differencesOf(one, other, declared).some((difference) => !allows.includes(difference))) return null;
  switch (verdict) {
    case 'inconclusive':
      return expects === 'given' ? 'given' : 'undecided';
    case 'equivalent':
      return expects === 'given' ? 'given' : expects === 'as-well' ? 'for' : 'same';
    case 'better':
    case 'worse': {
      // A verdict is of the variant; where that is the coarser cut it is the other way round for the finer one.
      const finer = other.units > one.units ? verdict : verdict === 'better' ? 'worse' : 'better';
      if (expects === 'given') return 'given';
      return finer === (expects === 'as-well' ? 'better' : expects) ? 'for' : 'against';
    }
  }
}

function titleOf({ metric, scope, baseline, variant }: Finding): string {
  const { fault, rate, change } = scope;
  const where = [fault, change, rate === undefined ? undefined : `${rate} journeys/s`].filter(
    (part) => part !== undefined,
  );
  return withFaultsInWords(
    `${[metricOf(metric).title, ...where].join(', ')}: ${variant.variant} against ${baseline.variant}`,
  );
}

function alsoSeen({ also }: Claim, sources: readonly ClaimSource[], application: Application): Evidence[] {
  switch (also) {
    case undefined:
      return [];
    case 'units':
      return unitsSeen(sources, application);
    case 'apis':
      return operationsSeen(sources);
    case 'languages':
      return languagesSeen(sources);
  }
}

/** A cut has the units it has: this is counted, and of no result alone. */
function unitsSeen(sources: readonly ClaimSource[], { topologies }: Application): Evidence[] {
  // Modules that run together alike are one cut, in whatever languages and copies, and called as the application does.
  const all = sources.flatMap(({ cuts }) => cuts);
  const isNamed = ({ name }: MeasuredCut): boolean => own(topologies, name) !== undefined;
  const cuts = new Map(
    [...all.filter(isNamed), ...all.filter((cut) => !isNamed(cut))]
      .map((cut) => [cut.shape.replaceAll(/\*\d+/gu, ''), cut] as const)
      .toReversed(),
  );
  const [least, ...more] = [...cuts.values()].toSorted((a, b) => a.units - b.units);
  return more
    .filter(({ units }) => least !== undefined && units > least.units)
    .map(({ name, units }) => ({
      title: `Units to build, start and watch: ${name} against ${least?.name ?? ''}`,
      ...{ metric: null, says: 'given' as const, counted: true, result: null },
      sentence: `${name} has ${units} units to build, start and watch; ${least?.name ?? ''} has ${least?.units ?? 0}.`,
    }));
}

/** Modules that publish in a cut of few units what they publish in one of many have an API without services. */
function operationsSeen(sources: readonly ClaimSource[]): Evidence[] {
  for (const { cuts, id, title, endedAt } of sources) {
    const looked = cuts.flatMap(({ operations, ...cut }) => (operations === null ? [] : [{ ...cut, operations }]));
    const [least] = looked.toSorted((a, b) => a.units - b.units);
    const most = looked.toSorted((a, b) => b.units - a.units)[0];
    if (least === undefined || most === undefined || least.units === most.units) continue;
    const missing = most.operations.filter((operation) => !least.operations.includes(operation));
    const modules = new Set(most.operations.map((operation) => operation.split('.')[0])).size;
    const count = `${most.operations.length} operations of ${modules} modules`;
    return [
      {
        title: `Operations behind contracts: ${least.name} beside ${most.name}`,
        ...{ metric: null, says: missing.length === 0 ? ('for' as const) : ('against' as const), counted: true },
        sentence:
          missing.length === 0
            ? `All ${count} are behind the same contracts in ${least.name} (${unitsInWords(least.units)}) as in ${most.name} (${unitsInWords(most.units)}).`
            : `Of ${count} in ${most.name}, ${missing.length} are missing in ${least.name}: ${missing.slice(0, 3).join(', ')}.`,
        result: { id, title, endedAt },
      },
    ];
  }
  return [];
}

const unitsInWords = (units: number): string => (units === 1 ? '1 unit' : `${units} units`);

/** A module ran in another language, and gave the answers that it gives in the first: counted, question by question. */
function languagesSeen(sources: readonly ClaimSource[]): Evidence[] {
  const seen = new Map<string, Evidence>();
  const add = ({ id, title, endedAt }: ClaimSource, { name, languages }: MeasuredCut, asked?: Finding): void => {
    for (const [module, language] of Object.entries(languages)) {
      const written = `${module} in ${languageTitles[language]}`;
      if (seen.has(written)) continue;
      const alone = `in a unit of its own; in one that it shares all modules would have to be in ${languageTitles[language]}.`;
      seen.set(written, {
        ...{ title: written, metric: sameAnswers, counted: true, result: { id, title, endedAt } },
        says: sameIn(asked),
        sentence: `${written} ran in ${name}, ${alone} ${answersInWords(asked)}`,
      });
    }
  };
  for (const { source, finding } of newestFindings(sources)) {
    if (finding.metric !== sameAnswers) continue;
    // Whichever of the two was the baseline; the other one has the module in its first language.
    const pair = [cutOf(source, finding.baseline.variant), cutOf(source, finding.variant.variant)];
    for (const [cut, beside] of [pair, pair.toReversed()])
      if (cut !== undefined && beside !== undefined)
        add(source, { ...cut, languages: withoutThoseOf(cut.languages, beside.languages) }, finding);
  }
  // That it ran at all is something where nobody asked.
  for (const source of sources) for (const cut of source.cuts) add(source, cut);
  return [...seen.values()];
}

function withoutThoseOf(
  languages: MeasuredCut['languages'],
  others: MeasuredCut['languages'],
): MeasuredCut['languages'] {
  return Object.fromEntries(Object.entries(languages).filter(([module]) => own(others, module) === undefined));
}

function sameIn(asked: Finding | undefined): Evidence['says'] {
  if (asked === undefined || asked.verdict === 'inconclusive') return 'undecided';
  return asked.verdict === 'equivalent' ? 'for' : 'against';
}

function answersInWords(asked: Finding | undefined): string {
  if (asked === undefined) return 'Whether it answers the same was not asked.';
  const says = sameIn(asked);
  if (says === 'undecided') return `Whether it answers the same is not decided.`;
  if (says === 'for') return 'It gives the same answers, question by question.';
  const other = Math.round(Math.max(asked.baseline.value ?? 0, asked.variant.value ?? 0));
  return `It does not give the same answers: ${plural(other, 'question')} of those that it was asked in a deployment ${other === 1 ? 'has' : 'have'} another one.`;
}

/** By what was decided; a claim of several parts holds where none of them is the other way round. What could not have been otherwise decides nothing. Pure. */
export function outcomeOf(evidence: readonly Pick<Evidence, 'says'>[]): ClaimOutcome {
  const count = (says: Evidence['says']): number => evidence.filter((one) => one.says === says).length;
  if (count('given') === evidence.length) return 'not-measured';
  if (count('for') > 0) return count('against') > 0 ? 'mixed' : 'holds';
  if (count('against') > 0) return 'does-not-hold';
  return count('undecided') > 0 ? 'undecided' : 'no-difference';
}

const beginnings: Readonly<Record<ClaimOutcome, string>> = {
  holds: 'Holds here',
  'does-not-hold': 'Does not hold here',
  mixed: 'Partly holds here',
  'no-difference': 'No difference that matters here',
  undecided: 'Not decided here',
  'not-measured': 'Not measured here yet',
};

const parts: Readonly<Record<Evidence['says'], string>> = {
  for: 'as people say',
  against: 'the other way round',
  same: 'without a difference that matters',
  undecided: 'not decided',
  given: 'so by what a cut is',
};

function inWords(outcome: ClaimOutcome, evidence: readonly Evidence[]): string {
  if (outcome === 'not-measured') return `${beginnings[outcome]}.`;
  const counts = Object.entries(parts).flatMap(([says, words]) => {
    const count = evidence.filter((one) => one.says === says).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  const all = `of ${evidence.length} ${evidence.length === 1 ? 'comparison' : 'comparisons'} ${counts.join(', ')}`;
  const shown = (['for', 'against'] as const).flatMap((says) => {
    const first = evidence.find((one) => one.says === says);
    return first === undefined ? [] : [first.sentence];
  });
  return shown.length === 0
    ? `${beginnings[outcome]}: ${all}.`
    : `${beginnings[outcome]} (${all}). ${shown.join(' But: ')}`;
}

/** What looks at what is not read off findings. */
const lookedAtBy = { apis: 'standard', languages: 'swap' } as const satisfies Record<string, PresetName>;

function presetsOf({ tests, also }: Claim): PresetName[] {
  const names = tests.map(({ preset }) => preset);
  return [...new Set(also === undefined || also === 'units' ? names : [...names, lookedAtBy[also]])];
}

/** The experiments that measure what no evidence is of, or only such that cannot tell; each once. */
function missingOf(claim: Claim, evidence: readonly Evidence[], application: Application): ClaimExperiment[] {
  const decided = new Set(evidence.filter(({ says }) => says !== 'undecided').map(({ metric }) => metric));
  const names = claim.tests.filter(({ metric }) => !decided.has(metric)).map(({ preset }) => preset);
  const told = evidence.some(({ says }) => says !== 'undecided');
  if (claim.also !== undefined && claim.also !== 'units' && !told) names.push(lookedAtBy[claim.also]);
  return [...new Set(names)].map((name) => {
    const preset = presetOf(name);
    try {
      const estimateMs = estimateDurationMs(preset.build(application));
      return { preset: name, title: preset.title, estimateMs, because: null };
    } catch (error) {
      return {
        preset: name,
        title: preset.title,
        estimateMs: null,
        because: error instanceof Error ? error.message : String(error),
      };
    }
  });
}
