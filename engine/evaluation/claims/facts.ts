import { metricOf, type Claims, type Fact, type Finding } from '../../model/index.ts';
import { weighedMetrics } from './facts-asked.ts';
import { inPlainWords } from './in-plain-words.ts';
import { newestFindings } from './newest.ts';
import { changesIn, cutOf, differencesOf, titlesIn, type ClaimSource, type MeasuredCut } from './source.ts';

/** So many smallest differences that matter count in full. */
const fullMargins = 20;

/** What findings say of the finer of two cuts that differ in nothing else, the newest of each, on one scale. `sources`: newest first. Pure. */
export function factsOf(sources: readonly ClaimSource[]): Pick<Claims, 'facts' | 'units' | 'outside'> {
  const facts = new Map<string, Fact>();
  const cuts = new Map<string, MeasuredCut>();
  for (const { source, finding } of newestFindings(sources)) {
    const [one, other] = [cutOf(source, finding.baseline.variant), cutOf(source, finding.variant.variant)];
    if (!weighedMetrics.has(finding.metric) || finding.scope.endpoint !== undefined) continue;
    if (one === undefined || other === undefined || one.units === other.units) continue;
    if (differencesOf(one, other, finding.declared).length > 0) continue;
    const range = rangeOf(finding);
    const [coarse, fine] = one.units < other.units ? [one, other] : [other, one];
    const key = JSON.stringify([finding.metric, finding.scope, coarse.name, fine.name]);
    if (range === null || facts.has(key)) continue;
    // A finding is of the variant against the baseline; where that is the finer cut it is told the other way round.
    const [low, high] = fine === other ? range : [-range[1], -range[0]];
    cuts.set(coarse.name, coarse).set(fine.name, fine);
    facts.set(key, {
      ...{ metric: finding.metric, place: placeOf(finding), against: coarse.name, cut: fine.name, low, high },
      decided: finding.verdict !== 'inconclusive',
      open: finding.openEnd !== null && finding.verdict !== 'equivalent',
      sentence: inPlainWords(finding, titlesIn(source), changesIn(source)),
      result: { id: source.id, title: source.title },
    });
  }
  const of = <T>(read: (cut: MeasuredCut) => T): Record<string, T> =>
    Object.fromEntries([...cuts].map(([name, cut]) => [name, read(cut)]));
  return { facts: [...facts.values()], units: of(({ units }) => units), outside: of(({ outside }) => [...outside]) };
}

function placeOf({ scope }: Finding): string {
  const parts = Object.entries(scope).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return parts.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}

/** How much better the variant is, from least to most, -1 to 1; null where nothing was compared. */
function rangeOf({
  metric: name,
  effect,
  interval,
  margin,
  verdict,
  method,
  openEnd,
}: Finding): [number, number] | null {
  if (effect === null) return null;
  // No difference that matters counts as none.
  if (verdict === 'equivalent') return [0, 0];
  const { better } = metricOf(name);
  const inMargins = (value: number): number =>
    effect.kind === 'ratio' ? Math.log(value) / Math.log1p(margin) : value / margin;
  const onScale = (value: number): number => {
    const share = inMargins(value) / fullMargins;
    return Math.max(-1, Math.min(1, better === 'higher' ? share : -share));
  };
  if (interval === null && method !== 'counted') return [-1, 1];
  const ends = [interval?.low ?? effect.value, interval?.high ?? effect.value].map(onScale).toSorted((a, b) => a - b);
  const [low = -1, high = 1] = ends;
  // It ends at no difference because a count or a share ends there, and says nothing of a side.
  if (verdict === 'inconclusive' && interval !== null && openEnd === null && (low === 0 || high === 0)) {
    const reach = Math.max(-low, high);
    return [-reach, reach];
  }
  if (openEnd === null) return [low, high];
  const opens = (end: 'low' | 'high'): boolean => openEnd === 'both' || (openEnd === end) === (better === 'higher');
  return [opens('low') ? -1 : low, opens('high') ? 1 : high];
}
