import { evaluate, type Series } from '../../engine/evaluation/index.ts';
import type { Finding, Result } from '../../engine/model/index.ts';
import { formatValue } from '../format/index.ts';
import { remember } from './remember.ts';

/** Every measure of every variant, read from the raw rounds by the code that the findings are computed with. */
export const evaluated = remember((result: Result) =>
  evaluate({
    experiment: result.experiment,
    application: result.application,
    rounds: result.rounds,
    order: result.order,
    rules: result.rules,
  }),
);

export type Scope = Finding['scope'];

/** Name of a quantity: metric, what it is restricted to, variant. The same in every table, chart and format. */
export function quantityKey(metric: string, scope: Scope, variant: string): string {
  const { endpoint = '', fault = '', change = '', rate = '' } = scope;
  return [metric, endpoint, fault, change, rate, variant].join('|');
}

/** One measure of one variant; undefined where the experiment has no such measure. */
export function seriesIn(result: Result, variant: string, metric: string, scope: Scope = {}): Series | undefined {
  const { variants, replica } = evaluated(result);
  const found = [...variants, replica]
    .find((one) => one?.name === variant)
    ?.series.find((one) => one.metric.name === metric && sameScope(one.measure.scope, scope));
  if (found === undefined || result.rules !== 1) return found;
  // What a result of version 1 says of a quantity is what its findings said.
  const said = result.findings
    .flatMap((finding) =>
      finding.metric === metric && sameScope(finding.scope, scope) ? [finding.baseline, finding.variant] : [],
    )
    .find((side) => side.variant === variant);
  return said === undefined ? found : { ...found, value: said.value };
}

function sameScope(one: Scope, other: Scope): boolean {
  return (['endpoint', 'fault', 'change', 'rate'] as const).every((key) => one[key] === other[key]);
}

/** A quantity as it is printed: `≥` where it is only known to be at least that. */
export function quantityText(series: Pick<Series, 'value' | 'atLeast' | 'metric'> | undefined, none = 'none'): string {
  if (series === undefined || series.value === null) return none;
  return `${series.atLeast ? '≥ ' : ''}${formatValue(series.value, series.metric.unit)}`;
}
