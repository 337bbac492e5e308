import { own, metrics, type Finding, type Metric } from '../../model/index.ts';
import { centre, mean, pairedEffect, type PairedEffect, type UnitEffect } from '../../statistics/index.ts';
import { grouped } from './grouped.ts';
import type { PoolSource } from './source.ts';

/** No measurement is larger, and no spread that is told is smaller, on any scale; their squares and products would leave what numbers can hold. */
const largest = 1e60;

/** One finding of one result. */
export interface PoolEntry {
  machine: number;
  finding: Finding;
  effect: PairedEffect;
  /** Average of the baseline, as people read it. */
  centre: number;
}

/** The same finding in all results that have it. */
export interface PoolRow {
  metric: Metric;
  finding: Finding;
  entries: PoolEntry[];
}

/** The results of one machine as one value. */
export interface MergedMachine extends UnitEffect {
  machine: number;
  results: number;
  blocks: number;
  centre: number;
}

/** Findings by metric, place and cuts, in the order of the first result that has them. Pure. */
export function rowsOf(sources: readonly PoolSource[], machineIn: (source: PoolSource) => number): PoolRow[] {
  const rows = new Map<string, PoolRow>();
  for (const source of sources) {
    for (const finding of source.findings) {
      const metric = own(metrics as Record<string, Metric>, finding.metric);
      const entry = metric === undefined ? null : entryOf(metric, finding, machineIn(source));
      if (metric === undefined || entry === null) continue;
      const { endpoint, fault, rate, change } = finding.scope;
      const cuts = [finding.baseline.variant, finding.variant.variant];
      const key = JSON.stringify([...cuts, finding.metric, endpoint, fault, rate, change]);
      const row = rows.get(key) ?? { metric, finding, entries: [] };
      rows.set(key, { ...row, entries: [...row.entries, entry] });
    }
  }
  return [...rows.values()];
}

function entryOf({ scale, resolution }: Metric, finding: Finding, machine: number): PoolEntry | null {
  const { baseline, variant } = finding;
  const effect = pairedEffect(scale, baseline.blocks, variant.blocks, { resolution });
  const from = centre(
    scale,
    baseline.blocks.filter((value) => value !== null),
  );
  const isUsable = effect !== null && effect.changes.every((one) => Math.abs(one) <= largest);
  return !isUsable || from === null ? null : { machine, finding, effect, centre: from };
}

/**
 * One value a machine: the mean of the means of its results. What a value varies by within a machine is told by one spread between blocks, that of all results together: two degrees of freedom each, as three blocks
 * have, would give machines weights by chance. Where no result has two blocks nothing is known of it. Pure.
 */
export function mergedMachines({ metric, entries }: PoolRow): MergedMachine[] {
  // What varied in no deployment of any machine has no spread; the step of its values is the difference itself.
  const spread = entries.every(isStill) ? 0 : spreadWithin(entries.map(({ effect }) => effect));
  return [...grouped(entries, ({ machine }) => machine)].map(([machine, of]) => ({
    ...{ machine, results: of.length },
    blocks: of.reduce((sum, { effect }) => sum + effect.changes.length, 0),
    value: mean(of.map(({ effect }) => effect.mean)),
    variance: mean(of.map(({ effect }) => spread ** 2 / effect.changes.length)) / of.length,
    centre:
      centre(
        metric.scale,
        of.map((one) => one.centre),
      ) ?? 0,
  }));
}

function isStill({ finding: { baseline, variant } }: PoolEntry): boolean {
  return [baseline, variant].every(({ blocks }) => new Set(blocks.filter((value) => value !== null)).size <= 1);
}

/** Root of the pooled variance of changes between blocks; 0 where no result has two. */
function spreadWithin(effects: readonly PairedEffect[]): number {
  const several = effects.filter(({ changes }) => changes.length > 1);
  const freedom = several.reduce((sum, { changes }) => sum + changes.length - 1, 0);
  if (freedom === 0) return 0;
  const told = Math.sqrt(
    several.reduce((sum, { changes, spread }) => sum + (changes.length - 1) * spread ** 2, 0) / freedom,
  );
  return told < 1 / largest ? 0 : told;
}
