import type { Pooled, PooledFinding } from '../../engine/evaluation/index.ts';
import { csvCell } from '../export/csv.ts';
import { forSharing } from '../sharing.ts';

const columns = [
  'record', 'probe', 'metric', 'unit', 'endpoint', 'fault', 'change', 'rate', 'baseline', 'variant', 'machines', 'effect_kind', 'effect', 'interval_low', 'interval_high', 'open_end', 'level',
  'another_low', 'another_high', 'spread', 'i_squared', 'method', 'family', 'margin', 'verdict', 'p', 'p_adjusted', 'machine', 'results', 'blocks',
] as const; // prettier-ignore
type Line = Partial<Record<(typeof columns)[number], string | number | null>>;

/** Pooled findings, each followed by the values of its machines, one a line. Numbers are written in full. Pure. */
export function pooledCsv(given: Pooled): string {
  const pooled = forSharing(given);
  const lines = pooled.findings.flatMap((finding) => [
    pooledLine(finding),
    ...finding.values.map(({ machine, results, blocks, value }): Line => ({
      ...{ record: 'machine', ...placeOf(finding), effect_kind: finding.effect?.kind ?? null, effect: value },
      ...{ machine: pooled.machines[machine]?.title ?? null, results, blocks },
    })),
  ]);
  return `${[columns.join(','), ...lines.map((line) => columns.map((column) => csvCell(line[column] ?? null)).join(','))].join('\r\n')}\r\n`;
}

function placeOf({ probe, metric, unit, scope, baseline, variant }: PooledFinding): Line {
  const { endpoint = null, fault = null, change = null, rate = null } = scope;
  return { probe, metric, unit, endpoint, fault, change, rate, baseline, variant };
}

function pooledLine(finding: PooledFinding): Line {
  const { effect, interval, another, values } = finding;
  return {
    ...{ record: 'pooled', ...placeOf(finding), machines: values.length },
    ...{ effect_kind: effect?.kind ?? null, effect: effect?.value ?? null, open_end: finding.openEnd },
    ...{ interval_low: interval?.low ?? null, interval_high: interval?.high ?? null, level: finding.level },
    ...{ another_low: another?.low ?? null, another_high: another?.high ?? null, spread: finding.spread },
    ...{ i_squared: finding.heterogeneity, method: finding.method, family: finding.family, margin: finding.margin },
    ...{ verdict: finding.verdict, p: finding.pValue, p_adjusted: finding.adjustedPValue },
  };
}
