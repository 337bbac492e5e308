import {
  decimalFigure,
  leastCpusToScale,
  scalingLoads,
  scalingOrAllocation,
  significantFigure,
  type Finding,
  type Result,
  type ScalingLoad,
} from '../../../engine/model/index.ts';
import { quantityText, seriesIn } from '../../data/quantity.ts';
import { variantTitle } from '../../data/variants.ts';
import { formatBytes, formatCount, formatMs, formatShare, plural, trimZeros } from '../../format/index.ts';
import { hotTitle, loadWords, type ScalingView } from './data.ts';

const rateOf = { skewed: 'skewed-good-rate', even: 'even-good-rate' } as const satisfies Record<ScalingLoad, string>;

/** What the run shows of scaling, in sentences that can be read aloud, the caveat first. Pure. */
export function scalingSentences(result: Result, views: readonly ScalingView[]): string[] {
  return [
    caveat(views),
    ...budget(result, views),
    ...scalingLoads.map((load) => whichCarriesMost(result, views, load)),
    ...views.flatMap(lawSentences),
    ...views.flatMap(elasticSentences),
  ];
}

/** Whether it may be called scaling. */
export function caveat(views: readonly ScalingView[]): string {
  const cpus = Math.max(1, ...views.map(({ plan }) => plan.applicationCpus));
  const they = `${plural(cpus, 'CPU')} for the application`;
  return scalingOrAllocation(cpus) === 'scaling'
    ? `${they}: instances do not all share one, so that this is scaling, up to the budget that was measured and no further.`
    : `${they}: this is the allocation of a budget, not scaling. Instances share the processor whatever they are called; scaling is claimed from ${leastCpusToScale} application CPUs on.`;
}

/** What stands beside the instances. */
function servers({ experiment }: Result): string[] {
  const stores = new Set(experiment.variants.map(({ settings }) => settings.store));
  if (stores.size === 1 && stores.has('sqlite')) return [];
  const which = stores.has('postgres-per-unit') ? 'database servers, which have' : 'database server, which has';
  const alike =
    stores.size > 1
      ? ' Variants have different stores: what a server does beside the budget of one is done inside that of another, so that their budgets are not equal.'
      : stores.has('postgres')
        ? ' It is the same in every variant.'
        : ' There is one for each unit.';
  return [
    `Memory is with that of the ${which} what the instances leave of the CPU: that is held to no share, not known here, and not in what is said per CPU.${alike}`,
  ];
}

function budget(result: Result, views: readonly ScalingView[]): string[] {
  const [first] = views;
  if (first === undefined) return [];
  const { totalCores, memoryBytes } = first.plan;
  const each = views.map(
    ({ variant, plan }) =>
      `${variant.title}: ${plan.total === 1 ? 'all of it in one instance' : `${figure(plan.coresEach)} CPU for each of ${formatCount(plan.total)} instances`}`,
  );
  return [
    `Every variant has ${figure(totalCores)} CPU and ${formatBytes(memoryBytes)} in all: CPU is shared out equally over its instances (${each.join('; ')}), memory by their number of modules.`,
    ...servers(result),
  ];
}

/** The variant that was found better than each of the others, if there is one; else what is not decided. */
function whichCarriesMost(result: Result, views: readonly ScalingView[], load: ScalingLoad): string {
  const metric = rateOf[load];
  const findings = result.findings.filter((finding) => finding.metric === metric);
  const amounts = views
    .map(
      ({ variant, plan, whyNothing }) =>
        `${variant.title} ${quantityText(seriesIn(result, variant.name, metric), whyNothing(load, plan.declared))}`,
    )
    .join(', ');
  const told =
    load === 'skewed' ? `${loadWords[load]}, four in five arrivals for ${hotTitle(result)}` : loadWords[load];
  const names = views.map(({ variant }) => variant.name);
  // Where there is no other way there is nothing to decide.
  if (names.length === 1) return `${told}: ${amounts}.`;
  const best = names.find((name) => names.every((other) => other === name || beats(findings, name, other)));
  if (best !== undefined) return `${told}: at equal budget ${variantTitle(result, best)} carries most (${amounts}).`;
  const open = names.flatMap((name, index) =>
    names
      .slice(index + 1)
      .filter((other) => !beats(findings, name, other) && !beats(findings, other, name))
      .map(
        (other) =>
          `${variantTitle(result, name)} and ${variantTitle(result, other)}${areAlike(findings, name, other) ? ' (they carry as much)' : ''}`,
      ),
  );
  const lost = names.filter((name) => names.some((other) => other !== name && beats(findings, other, name)));
  return [
    `${told}: which way carries most at equal budget is not decided (${amounts})`,
    open.length === 0 ? '' : `; open between ${open.join(', ')}`,
    lost.length === 0
      ? ''
      : `; carrying less than another: ${lost.map((name) => variantTitle(result, name)).join(', ')}`,
    '.',
  ].join('');
}

const between = (findings: readonly Finding[], one: string, other: string): Finding | undefined =>
  findings.find(
    ({ baseline, variant }) =>
      (baseline.variant === one && variant.variant === other) ||
      (baseline.variant === other && variant.variant === one),
  );

/** Whether that was found, directly or because each of them was compared with a third that is between them. */
function beats(findings: readonly Finding[], one: string, other: string): boolean {
  const isFound = (better: string, worse: string): boolean => {
    const finding = between(findings, better, worse);
    return finding !== undefined && finding.verdict === (finding.variant.variant === better ? 'better' : 'worse');
  };
  return (
    isFound(one, other) ||
    findings.some(({ baseline: { variant: third } }) => isFound(one, third) && isFound(third, other))
  );
}

const areAlike = (findings: readonly Finding[], one: string, other: string): boolean =>
  between(findings, one, other)?.verdict === 'equivalent';

function lawSentences({ variant, curves, plan }: ScalingView): string[] {
  if (plan.declared === 1) return [];
  return scalingLoads.map((load) => {
    const { fit, counts } = curves[load];
    const where = `${variant.title}, ${loadWords[load].toLowerCase()}`;
    if (fit === null)
      return `${where}: Gunther's law is not fitted, since it needs three numbers of instances of ${plan.unit} measured to their end, and there ${counts === 1 ? 'is one' : `are ${formatCount(counts)}`}.`;
    const { sigma, kappa, deviation, poor, range, points } = fit;
    const how =
      deviation === null
        ? 'with as many coefficients as points, so that nothing says how well'
        : `points lie ${formatShare(deviation)} from it, typically${poor ? ': it fits poorly, and its coefficients say little' : ''}`;
    return `${where}: Gunther's law over ${formatCount(range.low)} to ${formatCount(range.high)} instances of ${plan.unit} has contention ${withInterval(sigma)} and coherency ${withInterval(kappa)} (${formatCount(points)} points; ${how}). Nothing is said of more instances.`;
  });
}

function withInterval({ value, interval }: { value: number; interval: { low: number; high: number } | null }): string {
  return interval === null
    ? coefficient(value)
    : `${coefficient(value)} (95 %: ${coefficient(interval.low)} to ${coefficient(interval.high)})`;
}

function elasticSentences({ variant, elastic, notDoubled }: ScalingView): string[] {
  const [first] = elastic;
  const late =
    notDoubled === 0 ? [] : [`the load generator could not double the load in ${plural(notDoubled, 'deployment')}`];
  if (first === undefined) return late.map((text) => `${variant.title}, the load doubled: not known, since ${text}.`);
  const met = elastic.flatMap(({ metMs }) => (metMs === null ? [] : [metMs]));
  const lost = elastic.map((step) => step.lost / Math.max(1, step.scheduled));
  const again =
    met.length === 0
      ? `the objective was not met again within ${formatMs(first.watchedMs)}`
      : `the objective was met again ${met.length === elastic.length ? '' : `in ${formatCount(met.length)} of ${formatCount(elastic.length)} deployments `}after ${spanOf(met)}`;
  const added =
    first.addedMs.length === 0
      ? ''
      : `; the first further instance served after ${spanOf(elastic.flatMap(({ addedMs }) => addedMs.slice(0, 1)))}, the last after ${spanOf(elastic.flatMap(({ addedMs }) => addedMs.slice(-1)))}`;
  return [
    `${variant.title}, the load doubled while ${formatCount(first.from)} instance became ${formatCount(first.to)}: ${again}, with ${rangeOf(lost)} of requests lost${added}${late.map((text) => `; ${text}, which is left out`).join('')}.`,
  ];
}

function spanOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? formatMs(low) : `${formatMs(low)} to ${formatMs(high)}`;
}

function rangeOf(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? formatShare(low) : `${formatShare(low)} to ${formatShare(high)}`;
}

const figure = (value: number): string => trimZeros(significantFigure(value, 3));
const coefficient = (value: number): string => decimalFigure(value, 3);
