import { BY_DISTRIBUTION, hold, newTally, type Stated, type Tally } from './compare.ts';
import { parseCsv } from './csv.ts';
import { declaredOf } from './declared.ts';
import { BY_GRID } from './looks.ts';
import { probeOf } from './probes.ts';
import { recompute, type Recomputed } from './recompute.ts';
import type { ResultFile } from './result-file.ts';
import type { Finding } from './round.ts';
import { Reader } from './values.ts';
import { auditWhole } from './whole.ts';

/** What of a result is not held against anything, by name. */
export const NOT_AUDITED = [
  'sentences of findings',
  'lines of the fairness gate',
  'environment',
  'repeats and their reasons',
  'events and logs of rounds',
  'cleanliness of what was left behind',
];

/** Recomputes every number of the findings from the rounds and their slices and holds it against the result, and against its CSV where that is given. */
export function audit(result: ResultFile, csv?: string): Tally {
  const tally = newTally();
  const reader = new Reader(result);
  const recomputed = recompute(result, reader);
  for (const [finding, made] of recomputed) {
    if (made === null) tally.open.push(`${finding.id}: the audit does not know the metric ${finding.metric}`);
    else auditFinding(tally, result, finding, made);
  }
  auditWhole(tally, result, reader);
  openOfFaults(tally, result);
  if (csv !== undefined) auditCsv(tally, result, reader, recomputed, csv);
  return tally;
}

function auditFinding(tally: Tally, result: ResultFile, finding: Finding, made: Recomputed): void {
  const { judged, baseline, variant } = made;
  const check = (name: string, stated: Stated, found: Stated, tolerance?: number) =>
    hold(tally, `${finding.id} ${name}`, stated, found, tolerance, name.includes('interval') ? sizeOf(judged) : 0);
  const { looks } = result;
  check('unit', finding.unit, probeOf(finding.metric)?.units[finding.metric]);
  check('kind of effect', finding.effect?.kind, judged.effect === null ? null : made.kind);
  const declared = declaredOf(result, finding.baseline.variant, finding.variant.variant);
  check('declared differences', finding.declared.join(', '), declared.join(', '));
  check('family', finding.family, made.family);
  check('margin', finding.margin, made.margin);
  for (const [name, side, series] of [
    ['baseline', finding.baseline, baseline],
    ['variant', finding.variant, variant],
  ] as const) {
    check(`${name} value`, side.value, series.value);
    check(`${name} blocks`, side.blocks.length, series.values.length);
    for (const [block, value] of series.values.entries())
      check(`${name} value of block ${block + 1}`, side.blocks[block], value?.value);
  }
  check('method', finding.method, judged.method);
  check('open end', finding.openEnd, openEndOf(made));
  check('effect', finding.effect?.value, judged.effect);
  check('p value', finding.pValue, judged.pValue, BY_DISTRIBUTION);
  check('noise floor', finding.noiseFloor, judged.noiseFloor, BY_DISTRIBUTION);
  check('pairs behind the noise floor', finding.noisePairs, judged.noisePairs);
  const levels = [
    ['low end of the interval', finding.interval?.low, judged.interval?.low],
    ['high end of the interval', finding.interval?.high, judged.interval?.high],
    ['level', finding.level, judged.level],
    ['share of other deployments', finding.otherDeployments, judged.otherDeployments],
  ] as const;
  for (const [name, stated, found] of levels) check(name, stated, found, toleranceOf(looks));
  if (looks.length === 0) check('adjusted p value', finding.adjustedPValue, judged.adjustedPValue, BY_DISTRIBUTION);
  else if (judged.adjustedPValue !== null)
    tally.open.push(`${finding.id} adjusted p value: over several looks it is what the level at this one stands for`);
  if (isOnTheBorder(finding, looks))
    tally.open.push(`${finding.id} verdict: its p-value is as near to its level as that is known`);
  else check('verdict', finding.verdict, judged.verdict);
}

/** Which end of the effect is not known: that towards which a value of a side may lie farther out than was seen. */
function openEndOf({ baseline, variant }: Recomputed): 'low' | 'high' | 'both' | null {
  if (baseline.unsound || variant.unsound) return 'both';
  const pairs = baseline.values.flatMap((before, block) => {
    const after = variant.values[block] ?? null;
    return before === null || after === null ? [] : [[before.atLeast, after.atLeast] as const];
  });
  const [low, high] = [pairs.some(([before]) => before), pairs.some(([, after]) => after)];
  if (low && high) return 'both';
  return low ? 'low' : high ? 'high' : null;
}

/** Levels of several looks are integrated on a grid, that of one look is not. */
const toleranceOf = (looks: ResultFile['looks']): number => (looks.length > 1 ? BY_GRID : BY_DISTRIBUTION);

function isOnTheBorder({ pValue, level }: Finding, looks: ResultFile['looks']): boolean {
  return looks.length > 1 && pValue !== null && level !== null && Math.abs(pValue / level - 1) < BY_GRID;
}

/** The ends of an interval are known to within a share of the farther one. */
function sizeOf({ interval }: Recomputed['judged']): number {
  return interval === null ? 0 : Math.max(Math.abs(interval.low), Math.abs(interval.high));
}

/** What is derived for the report alone and is in no file as a number. */
function openOfFaults(tally: Tally, { findings, rounds }: ResultFile): void {
  const compared = new Set(findings.map(({ scope }) => scope.fault));
  const labels = new Set(rounds.flatMap(({ isolation }) => isolation.map(({ label }) => label)));
  for (const label of labels) {
    if (!compared.has(label)) tally.open.push(`${label}: no finding is made of it`);
    else
      tally.open.push(
        `${label}: cells, detection and outage are in no file as numbers (--faults prints them); breadth stands for the cells`,
      );
  }
}

const COLUMNS: readonly [
  column: string,
  read: (finding: Finding, made: Recomputed) => string | number | null | undefined,
][] = [
  ['family', (_, made) => made.family],
  ['margin', (_, made) => made.margin],
  ['method', (_, { judged }) => judged.method],
  ['verdict', (_, { judged }) => judged.verdict],
  ['baseline_value', (_, { baseline }) => baseline.value],
  ['variant_value', (_, { variant }) => variant.value],
  ['effect', (_, { judged }) => judged.effect],
  ['interval_low', (_, { judged }) => judged.interval?.low],
  ['interval_high', (_, { judged }) => judged.interval?.high],
  ['open_end', (_, made) => openEndOf(made)],
  ['level', (_, { judged }) => judged.level],
  ['noise_floor', (_, { judged }) => judged.noiseFloor],
  ['p_adjusted', (_, { judged }) => judged.adjustedPValue],
];

function auditCsv(
  tally: Tally,
  result: ResultFile,
  reader: Reader,
  recomputed: ReadonlyMap<Finding, Recomputed | null>,
  csv: string,
): void {
  const records = parseCsv(csv);
  const lines = records.filter(({ record }) => record === 'finding');
  hold(tally, 'CSV: findings', lines.length, recomputed.size);
  for (const [index, [finding, made]] of [...recomputed].entries()) {
    const line = lines[index];
    if (line === undefined || made === null) continue;
    for (const [column, read] of COLUMNS) {
      hold(
        tally,
        `CSV: ${finding.id} ${column}`,
        cellOf(line[column], column),
        ofFinding(column, finding, result.looks) ?? read(finding, made),
        toleranceOf(result.looks),
        column.startsWith('interval') ? sizeOf(made.judged) : 0,
      );
    }
  }
  for (const line of records.filter(({ record }) => record === 'round')) {
    const round = result.rounds.find(({ id }) => id === line['round']);
    const metric = line['metric'] ?? '';
    const name = `CSV: round ${line['round']} ${metric} ${line['fault']}`.trimEnd();
    const scope = scopeOf(line);
    const value = round === undefined ? undefined : reader.value(round, metric, scope);
    if (value === undefined) {
      tally.open.push(`${name}: the audit does not know it`);
      continue;
    }
    hold(tally, name, cellOf(line['value'], 'value'), value?.value);
    hold(tally, `${name} (bound)`, line['at_least'] === 'true', value?.atLeast ?? false);
  }
}

/** What several looks leave open is held against the result instead: the table says what it says. */
function ofFinding(column: string, finding: Finding, looks: ResultFile['looks']): string | number | null {
  if (column === 'p_adjusted' && looks.length > 0) return finding.adjustedPValue;
  return column === 'verdict' && isOnTheBorder(finding, looks) ? finding.verdict : null;
}

/** The scope that a line names in cells of its own. */
function scopeOf({ endpoint, fault, change, rate }: Record<string, string>): Finding['scope'] {
  const named = Object.entries({ endpoint, fault, change }).filter(([, value]) => value !== undefined && value !== '');
  return { ...Object.fromEntries(named), ...(rate === undefined || rate === '' ? {} : { rate: Number(rate) }) };
}

function cellOf(text: string | undefined, column: string): string | number | null {
  if (text === undefined || text === '') return null;
  return ['family', 'method', 'open_end', 'verdict'].includes(column) ? text : Number(text);
}
