import { probeNames, probeTitle } from '../../../engine/model/index.ts';
import type { FaultMark, LoadSeries } from './run-view.ts';

/** What load a stretch of a chart shows, in seconds since the load began. */
export interface Band {
  from: number;
  to: number;
  title: string;
}

/** A fault that took effect or ended, at a second of the chart. */
export interface Mark {
  second: number;
  /** Place of its variant among the lines. */
  index: number;
  begins: boolean;
  text: string;
}

/** Phases of which the probe's title says too much, or that no probe is called after. */
const titles: Readonly<Record<string, string>> = { 'latency at a higher rate': 'higher rate', isolation: 'faults' };

function titleOf(phase: string): string {
  const probe = probeNames.find((name) => name === phase);
  return titles[phase] ?? (probe === undefined ? phase : probeTitle(probe).toLowerCase());
}

/** The series at work: the one whose last point is the latest. */
function current(latest: readonly (LoadSeries | null)[]): LoadSeries | null {
  return latest.reduce<LoadSeries | null>(
    (best, one) => ((one?.points.at(-1)?.atMs ?? -1) > (best?.points.at(-1)?.atMs ?? -1) ? one : best),
    null,
  );
}

/** The phases of the load at work, one after the other. Pure. */
export function bandsOf(latest: readonly (LoadSeries | null)[]): Band[] {
  const series = current(latest);
  if (series === null) return [];
  const bands: Band[] = [];
  for (const { atMs, phase } of series.points) {
    const second = Math.max(0, Math.round((atMs - series.startedAtMs) / 1000));
    const title = titleOf(phase);
    const last = bands.at(-1);
    if (last !== undefined) last.to = second;
    if (last?.title !== title) bands.push({ from: second, to: second, title });
  }
  return bands.filter(({ from, to }) => to > from);
}

/** The faults that fall into the lines shown. Pure. */
export function marksOf(
  marks: readonly FaultMark[],
  latest: readonly (LoadSeries | null)[],
  names: readonly string[],
): Mark[] {
  return marks.flatMap(({ atMs, variant, begins, text }) => {
    const index = names.indexOf(variant);
    const series = latest[index] ?? null;
    const endMs = series?.points.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
    if (series === null || atMs < series.startedAtMs || atMs > endMs + 1000) return [];
    return [{ second: Math.round((atMs - series.startedAtMs) / 1000), index, begins, text }];
  });
}

/** From this much between the middle and the top on a straight scale shows nothing but the top. */
const tailsNeedLog = 20;

/** The scale of response times: logarithmic where the tail would press everything else flat; with its ends and ticks. Pure. */
export function scaleOf(
  values: readonly number[],
  linearTop: number,
): { log: boolean; domain: [number, number]; ticks: number[] } {
  const positive = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  const middle = positive[Math.floor(positive.length / 2)] ?? 0;
  const [low = 0, high = 0] = [positive[0], positive.at(-1)];
  if (positive.length < 4 || high < tailsNeedLog * middle)
    return { log: false, domain: [0, linearTop], ticks: [0, linearTop / 2, linearTop] };
  const from = Math.floor(Math.log10(low));
  const to = Math.max(from + 1, Math.ceil(Math.log10(high)));
  const ticks = Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index));
  return { log: true, domain: [10 ** from, 10 ** to], ticks };
}
