import { levelInWords } from '../../engine/evaluation/index.ts';
import {
  formatNumber,
  formatRatio,
  formatValue,
  metrics,
  own,
  signedFigure,
  withFaultsInWords,
  type Finding,
  type Metric,
} from '../../engine/model/index.ts';

type Effect = NonNullable<Finding['effect']>;

/** The metric of a finding, or undefined where the catalogue has none of that name. */
export function metricOfFinding(finding: Pick<Finding, 'metric'>): Metric | undefined {
  return own(metrics as Record<string, Metric>, finding.metric);
}

/** Title of the metric, in the words of the catalogue. */
export function metricTitle(finding: Pick<Finding, 'metric'>): string {
  return metricOfFinding(finding)?.title ?? finding.metric;
}

/** What the finding was restricted to, in words; empty when to nothing. */
export function scopeText(scope: Finding['scope']): string {
  const fault = scope.fault === undefined ? undefined : withFaultsInWords(`under ${scope.fault}`);
  const rate = scope.rate === undefined ? undefined : `at ${formatNumber(scope.rate)}/s`;
  return [scope.endpoint, fault, scope.change, rate].filter((part) => part !== undefined).join(', ');
}

/** A difference with its sign; shares in percentage points. */
export function formatDifference(value: number, unit: string): string {
  return signedFigure(sizeOfDifference(value, unit), value);
}

function sizeOfDifference(value: number, unit: string): string {
  return unit === 'share' ? `${formatNumber(value * 100, 3, [100])}\u00a0pp` : formatValue(value, unit);
}

/** The effect as a figure: `2.93 ×` or `+1.2 pp`; `≤ 2.93 ×` where a side of which only the least is known makes it the most it can be. */
export function formatEffect(effect: Effect | null, unit: string, openEnd: Finding['openEnd'] = null): string {
  if (effect === null) return 'not compared';
  const figure = effect.kind === 'ratio' ? formatRatio(effect.value) : formatDifference(effect.value, unit);
  return openEnd === 'low' ? `≤ ${figure}` : openEnd === 'high' ? `≥ ${figure}` : figure;
}

/** The interval of the effect as a figure, for example `2.6 to 3.3 ×`; at which level it holds says `formatLevel`. */
export function formatInterval(finding: Pick<Finding, 'interval' | 'effect' | 'unit' | 'method' | 'openEnd'>): string {
  const { interval, effect, unit, openEnd } = finding;
  if (interval === null || effect === null) return finding.method === 'counted' ? 'counted' : 'no interval';
  const end = (value: number) => (effect.kind === 'ratio' ? formatRatio(value) : formatDifference(value, unit));
  switch (openEnd) {
    case 'low':
      return `up to ${end(interval.high)}`;
    case 'high':
      return `${end(interval.low)} or more`;
    case 'both':
      return 'no limit known';
    default:
      return `${effect.kind === 'ratio' ? formatNumber(interval.low, 3, [1]) : end(interval.low)} to ${end(interval.high)}`;
  }
}

/** Confidence and kind of the interval, for example `98.3 % interval` or `exact 95 % limits`; `none` where there is none. */
export function formatLevel({ interval, level, method }: Pick<Finding, 'interval' | 'level' | 'method'>): string {
  if (interval === null || level === null) return 'none';
  const percent = levelInWords(level).replace(' ', '\u00a0');
  return method === 't' ? `${percent} interval` : `exact ${percent} limits`;
}

/** The noise floor as a figure: a share for ratios, the metric's unit for differences. */
export function formatFloor(finding: Pick<Finding, 'noiseFloor' | 'effect' | 'unit' | 'metric'>): string {
  if (finding.noiseFloor === null) return 'not measured';
  const kind = finding.effect?.kind ?? (metricOfFinding(finding)?.scale === 'ratio' ? 'ratio' : 'difference');
  if (kind === 'ratio') return `±${formatNumber(finding.noiseFloor * 100, 3, [100])}\u00a0%`;
  return `±${sizeOfDifference(finding.noiseFloor, finding.unit)}`;
}
