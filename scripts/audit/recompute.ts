import type { Definition } from './definition.ts';
import type { Value } from './histogram.ts';
import { ENOUGH, judge, type Comparison, type Judged } from './judge.ts';
import { own } from './own.ts';
import type { AuditedProbe } from './probe.ts';
import { probeOf, type Round } from './probes.ts';
import type { ResultFile } from './result-file.ts';
import type { Finding } from './round.ts';
import { chosenRounds, isSpoilt } from './rounds.ts';
import { average } from './scales.ts';
import type { Reader } from './values.ts';

export const AGAIN = ' (again)';

interface SideSeries {
  rounds: (Round | null)[];
  values: (Value | null)[];
  value: number | null;
  unsound: boolean;
}

/** A finding made anew from the rounds. */
export interface Recomputed {
  baseline: SideSeries;
  variant: SideSeries;
  family: string;
  /** How the effect reads. */
  kind: string;
  margin: number;
  judged: Judged;
}

/** Makes every finding of the result anew; null for a metric that the audit does not know. */
export function recompute(result: ResultFile, reader: Reader): Map<Finding, Recomputed | null> {
  const families = new Map<string, { finding: Finding; made: Omit<Recomputed, 'judged'>; comparison: Comparison }[]>();
  const found = new Map<Finding, Recomputed | null>(result.findings.map((finding) => [finding, null]));
  for (const finding of result.findings) {
    const sides = sidesOf(result, reader, finding);
    if (sides === null) continue;
    const { probe, definition, baseline, variant, again } = sides;
    const family = familyOf(definition, finding.scope);
    const noise = finding.variant.variant.endsWith(AGAIN) ? { ...again, values: again.values.map(() => null) } : again;
    const comparison = comparisonOf({ result, reader, probe, finding, definition, baseline, variant, again: noise });
    const key = JSON.stringify([finding.variant.variant, family]);
    const kind = definition.scale === 'ratio' ? 'ratio' : 'difference';
    const made = { baseline, variant, family, kind, margin: definition.margin };
    families.set(key, [...(families.get(key) ?? []), { finding, made, comparison }]);
  }
  for (const family of families.values()) {
    const judgements = judge(
      family.map(({ comparison }) => comparison),
      result.looks,
    );
    for (const [index, { finding, made }] of family.entries()) {
      const judged = judgements[index];
      if (judged !== undefined) found.set(finding, { ...made, judged });
    }
  }
  return found;
}

/** What two variants have of one metric, block by block; null for a metric that is not known. */
export function sidesOf(result: ResultFile, reader: Reader, asked: Asked) {
  const probe = probeOf(asked.metric);
  const definition = own(probe?.definitions ?? {}, asked.metric);
  if (probe === undefined || definition === undefined) return null;
  const read = (name: string) => seriesOf({ result, reader, probe }, name, asked, definition);
  const common = overCommon(result, read, definition);
  const itself = result.experiment.variants.length === 1;
  const [first, second, again] = [asked.baseline.variant, asked.variant.variant, firstVariant(result) + AGAIN].map(
    (name) => (name.endsWith(AGAIN) && !itself ? read(name) : common(read(name))),
  );
  if (first === undefined || second === undefined || again === undefined) return null;
  const has = (side: SideSeries, block: number) => (side.values[block] ?? null) !== null;
  const both = result.order.map((_, block) => has(first, block) && has(second, block));
  // Where no block is common to all, two are held against each other over those that both have.
  const [baseline, variant] = both.includes(true)
    ? [only(first, both, definition), only(second, both, definition)]
    : [first, second];
  return { probe, definition, baseline, variant, again };
}

/** What a finding is asked about. */
export type Asked = Pick<Finding, 'metric' | 'scope'> & {
  baseline: Pick<Finding['baseline'], 'variant'>;
  variant: Pick<Finding['variant'], 'variant'>;
};

/** Over the blocks that all variants have that have it from early on. */
function overCommon(
  result: ResultFile,
  read: (name: string) => SideSeries,
  definition: Definition,
): (side: SideSeries) => SideSeries {
  const names = result.experiment.variants.map(({ name }) => name);
  // Compared with itself, its second copy is the other side.
  const sides = (names.length === 1 ? [...names, firstVariant(result) + AGAIN] : names).map(read);
  const haveIt = result.order.map((_, block) => sides.filter(({ values }) => (values[block] ?? null) !== null));
  // Who comes after three blocks that others share takes none of theirs away.
  const early = haveIt.filter(({ length }) => length >= 2).slice(0, ENOUGH);
  const taking = new Set(early.flat());
  const isCommon = (those: readonly SideSeries[]) => [...taking].every((side) => those.includes(side));
  if (!early.some(isCommon)) return (side) => side;
  const common = haveIt.map(isCommon);
  return (side) => only(side, common, definition);
}

/** The side with nothing but these blocks. */
function only(side: SideSeries, blocks: readonly boolean[], { scale }: Definition): SideSeries {
  const values = side.values.map((value, block) => (blocks[block] === true ? value : null));
  return {
    ...side,
    values,
    rounds: side.rounds.map((round, block) => (blocks[block] === true ? round : null)),
    value: average(
      scale,
      values.flatMap((one) => (one === null ? [] : [one.value])),
    ),
  };
}

function firstVariant({ experiment }: ResultFile): string {
  return experiment.variants[0]?.name ?? '';
}

/** One question is judged together: its headlines, and apart from them its details; one question a fault and a rate. */
function familyOf({ question, headline }: Definition, { endpoint, fault, rate, change }: Finding['scope']): string {
  const name = [question, fault, change, rate === undefined ? undefined : `at ${rate}/s`];
  const whole = name.filter((part) => part !== undefined).join(' ');
  return headline === true && endpoint === undefined ? whole : `${whole}, details`;
}

function seriesOf(
  { result, reader, probe }: Read,
  name: string,
  { metric, scope }: Asked,
  definition: Definition,
): SideSeries {
  const replica = name.endsWith(AGAIN);
  const variant = replica ? name.slice(0, -AGAIN.length) : name;
  const chosen = chosenRounds(result, probe.part(scope), variant, replica);
  const read = chosen.map((round) => (round === null ? null : (reader.value(round, metric, scope) ?? null)));
  const spoilt = chosen.map((round) => round !== null && isSpoilt(round, metric, scope));
  const anySound = read.some((value, block) => value !== null && spoilt[block] !== true);
  const values = read.map((value, block) => (anySound && spoilt[block] === true ? null : value));
  return {
    rounds: chosen,
    values,
    value: average(
      definition.scale,
      values.flatMap((one) => (one === null ? [] : [one.value])),
    ),
    unsound: !anySound && values.some((value) => value !== null),
  };
}

interface Read {
  result: ResultFile;
  reader: Reader;
  probe: AuditedProbe;
}

interface Sides extends Read {
  finding: Finding;
  definition: Definition;
  baseline: SideSeries;
  variant: SideSeries;
  again: SideSeries;
}

function comparisonOf({ result, reader, probe, finding, definition, baseline, variant, again }: Sides): Comparison {
  const both = baseline.values.flatMap((before, block) => {
    const after = variant.values[block] ?? null;
    return before === null || after === null ? [] : [{ before, after, block }];
  });
  const noise = baseline.values.flatMap((first, block) => {
    const second = again.values[block] ?? null;
    return first === null || second === null || first.atLeast || second.atLeast
      ? []
      : [{ first: first.value, second: second.value }];
  });
  return {
    definition,
    // Where all are bounds on both sides there is nothing to compare.
    pairs: both
      .filter(() => both.some((pair) => !pair.before.atLeast || !pair.after.atLeast))
      .map(({ before, after, block }) => ({
        block,
        baseline: before.value,
        variant: after.value,
        baselineAtLeast: before.atLeast,
        variantAtLeast: after.atLeast,
      })),
    baselineValue: baseline.value ?? 0,
    noise,
    counts: countsOf(
      reader,
      finding,
      definition,
      both.map(({ block }) => [baseline.rounds[block], variant.rounds[block]]),
    ),
    step: probe.step?.(finding.metric, result.experiment) ?? definition.step,
    unsound: baseline.unsound || variant.unsound,
  };
}

function countsOf(
  reader: Reader,
  { metric, scope }: Finding,
  definition: Definition,
  pairs: readonly (readonly [Round | null | undefined, Round | null | undefined])[],
): Comparison['counts'] {
  const sides = ([0, 1] as const).map((side) =>
    pairs.map((pair) => {
      const round = pair[side];
      return round === null || round === undefined ? null : reader.counts(round, metric, scope);
    }),
  );
  const totals = sides.map((counts) => {
    const known = counts.filter((one) => one !== null);
    if (known.length < counts.length || known.length === 0) return null;
    return {
      successes: known.reduce((sum, one) => sum + one.successes, 0),
      trials: known.reduce((sum, one) => sum + one.trials, 0),
    };
  });
  const [before, after] = totals;
  if (before === null || before === undefined || after === null || after === undefined) return null;
  const unit = definition.scale === 'share' ? 1 : Math.max(before.trials, after.trials) / pairs.length;
  return { baseline: before, variant: after, unit };
}
