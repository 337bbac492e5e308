import type { Finding } from '../../model/index.ts';
import {
  centre,
  poolFamily,
  readAs,
  toEffect,
  type PooledComparison,
  type PooledJudgement,
} from '../../statistics/index.ts';
import { digits, digitsOrNull } from '../digits.ts';
import { chooseSources } from './choose.ts';
import { grouped } from './grouped.ts';
import { mergedMachines, rowsOf, type MergedMachine, type PoolRow } from './merge.ts';
import type { PoolSource } from './source.ts';
import type { Pooled, PooledFinding, PooledMachine } from './types.ts';

export interface PoolOptions {
  /** Each result is of a machine of its own: only a person can tell apart two of one model. */
  apart?: boolean;
}

/**
 * Results of the same experiment taken together: the machine is the unit of replication, and results of one machine are one value. The order in which they are given does
 * not matter. Pure.
 */
export function poolResults(given: readonly PoolSource[], { apart = false }: PoolOptions = {}): Pooled {
  const { chosen, left } = chooseSources(apart ? given.map(toldApart) : given);
  const groups = [...grouped(chosen, ({ machine }) => machine).values()];
  const machineIn = (source: PoolSource): number => groups.findIndex((group) => group.includes(source));
  const rows = rowsOf(chosen, machineIn);
  const [newest] = chosen.toSorted((one, other) => other.startedAt.localeCompare(one.startedAt));
  return {
    application: newest?.application ?? '',
    title: newest?.title ?? '',
    sourceHash: newest?.sourceHash ?? '',
    runtime: newest?.runtime ?? 'process',
    versions: [...new Set(chosen.map(({ version }) => version))].toSorted(),
    machines: groups.map((group, index) => machineWords(group, index, apart)),
    findings: findingsOf(rows),
    left,
  };
}

function toldApart(source: PoolSource): PoolSource {
  return { ...source, machine: `${source.machine}\n${source.startedAt}\n${source.id}` };
}

function machineWords(group: readonly PoolSource[], index: number, apart: boolean): PooledMachine {
  const [title = ''] = (group[0]?.machine ?? '').split('\n');
  return {
    title: apart ? `${title} (number ${index + 1})` : title,
    results: group.map(({ name, id, title: called, startedAt, findings }) => ({
      ...{ name, id, title: called, startedAt },
      blocks: Math.max(0, ...findings.map(({ baseline }) => baseline.blocks.length)),
    })),
  };
}

function findingsOf(rows: readonly PoolRow[]): PooledFinding[] {
  const merged = new Map(rows.map((row) => [row, mergedMachines(row)]));
  const judged = new Map<PoolRow, PooledJudgement>();
  const families = grouped(rows, ({ finding }) =>
    JSON.stringify([finding.baseline.variant, finding.variant.variant, finding.family]),
  );
  for (const family of families.values()) {
    const judgements = poolFamily(family.map((row) => comparisonOf(row, merged.get(row) ?? [])));
    for (const [index, judgement] of judgements.entries()) {
      const row = family[index];
      if (row !== undefined) judged.set(row, judgement);
    }
  }
  return rows.flatMap((row) => {
    const judgement = judged.get(row);
    return judgement === undefined ? [] : [toFinding(row, merged.get(row) ?? [], judgement)];
  });
}

function comparisonOf({ metric, entries }: PoolRow, machines: readonly MergedMachine[]): PooledComparison {
  const { scale, margin, better, constant = false } = metric;
  const differed = ({ baseline, variant }: Finding): boolean =>
    baseline.blocks.some((before, block) => {
      const after = variant.blocks[block] ?? null;
      return before !== null && after !== null && Math.abs(after - before) >= margin;
    });
  return {
    ...{ scale, margin, better, constant, machines },
    centre:
      centre(
        scale,
        machines.map((one) => one.centre),
      ) ?? 0,
    openEnd: openEndOf(entries.map(({ finding }) => finding)),
    outlier: (scale === 'count' || scale === 'share') && entries.some(({ finding }) => differed(finding)),
  };
}

function openEndOf(findings: readonly Finding[]): Finding['openEnd'] {
  const ends = new Set(findings.flatMap(({ openEnd }) => openEnd ?? []));
  const [end = null] = ends;
  return ends.size > 1 ? 'both' : end;
}

function toFinding(row: PoolRow, machines: readonly MergedMachine[], judgement: PooledJudgement): PooledFinding {
  const { metric, finding, entries } = row;
  const { value, interval, another } = judgement;
  const both = (ends: typeof interval) => (ends === null ? null : { low: digits(ends.low), high: digits(ends.high) });
  return {
    ...{ probe: metric.probe, metric: metric.name, unit: metric.unit, scope: finding.scope, family: finding.family },
    ...{ baseline: finding.baseline.variant, variant: finding.variant.variant, margin: metric.margin },
    ...{ verdict: judgement.verdict, method: judgement.method },
    effect: value === null ? null : { kind: readAs(metric.scale), value: digits(value) },
    ...{ interval: both(interval), level: digitsOrNull(judgement.level), another: both(another) },
    openEnd: openEndOf(entries.map((entry) => entry.finding)),
    ...{ spread: digitsOrNull(judgement.spread), heterogeneity: digitsOrNull(judgement.heterogeneity) },
    ...{ pValue: digitsOrNull(judgement.pValue), adjustedPValue: digitsOrNull(judgement.adjustedPValue) },
    declared: [...new Set(entries.flatMap((entry) => entry.finding.declared))].toSorted(),
    values: machines.map((one) => ({
      ...{ machine: one.machine, results: one.results, blocks: one.blocks },
      value: digits(toEffect(metric.scale, one.value, one.centre)),
    })),
  };
}
