import { percentile, type Finding, type LoadWindow, type Result, type Round } from '../model/index.ts';
import { withinSlope, type Point, type WithinSlope } from '../statistics/index.ts';
import { evaluate } from './evaluate.ts';
import { timesOf } from './latency/measures.ts';

/** The median response time of a window; null where it has too few requests. */
export function medianOf({ load }: Pick<LoadWindow, 'load'>): { ms: number; atLeast: boolean } | null {
  const times = timesOf(load, undefined);
  const found = times === null ? null : percentile(times.response, times.counts, 0.5);
  return found === null || found.kind === 'tooFew' ? null : { ms: found.ms, atLeast: found.kind === 'atLeast' };
}

/** Share of the CPU that the machine withheld during a window, 0 to 1; null where it was not measured. */
export function withheldIn({ withheldMs, lengthMs }: LoadWindow): number | null {
  return lengthMs === 0 ? null : Math.min(1, withheldMs / lengthMs);
}

/** How medians went with the CPU that the machine withheld, and what they would be had it withheld as much from every variant. */
export interface Sensitivity {
  /** Of ln p50 on the share withheld, within deployments. */
  slope: WithinSlope;
  /** By pair: p50 of the variant in terms of the baseline's, as measured and with as much withheld from both. */
  ratios: { baseline: string; variant: string; measured: number; evened: number }[];
}

/**
 * What the withheld CPU has to do with the medians, from the windows in which the deployments of a block were loaded in turn. It is a sensitivity: no verdict rests on it,
 * because what it takes out was not withheld at random. Null without such windows, or where too little was withheld to tell.
 */
export function sensitivityToWithheld(result: Result): Sensitivity | null {
  const { variants } = evaluate(result);
  const roundsOf = (variant: string): Round[] =>
    variants
      .find(({ name }) => name === variant)
      ?.series.find(({ measure }) => measure.metric === 'response-p50' && isWhole(measure.scope))
      ?.rounds.filter((round) => round !== null) ?? [];
  const deployments = result.experiment.variants.flatMap(({ name }) => roundsOf(name));
  const slope = withinSlope(deployments.map(({ windows }) => pointsOf(windows)));
  if (slope === null) return null;
  const ratios = result.findings.flatMap(({ metric, scope, baseline, variant, effect }) => {
    if (metric !== 'response-p50' || !isWhole(scope)) return [];
    const pair = [meanWithheld(roundsOf(baseline.variant)), meanWithheld(roundsOf(variant.variant))] as const;
    if (effect?.kind !== 'ratio' || pair[0] === null || pair[1] === null) return [];
    const evened = effect.value * Math.exp(-slope.slope * (pair[1] - pair[0]));
    return [{ baseline: baseline.variant, variant: variant.variant, measured: effect.value, evened }];
  });
  return ratios.length === 0 ? null : { slope, ratios };
}

const isWhole = ({ endpoint, rate }: Finding['scope']): boolean => endpoint === undefined && rate === undefined;

function pointsOf(windows: readonly LoadWindow[]): Point[] {
  return windows.flatMap((window) => {
    const [x, median] = [withheldIn(window), medianOf(window)];
    return x === null || median === null || median.atLeast ? [] : [{ x, y: Math.log(median.ms) }];
  });
}

/** Mean over deployments of the mean over their windows, as the medians are averaged. */
function meanWithheld(rounds: readonly Round[]): number | null {
  const means = rounds.map(({ windows }) => {
    const shares = windows.map(withheldIn).filter((one) => one !== null);
    return shares.length === 0 ? null : shares.reduce((sum, one) => sum + one, 0) / shares.length;
  });
  const known = means.filter((one) => one !== null);
  return known.length < means.length || known.length === 0
    ? null
    : known.reduce((sum, one) => sum + one, 0) / known.length;
}
