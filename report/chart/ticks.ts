import { scaleLinear, scaleLog } from 'd3-scale';
import { formatMs, formatNumber, trimZeros } from '../format/index.ts';
import type { Tick } from './axis.tsx';

export interface PlotScale {
  at: (value: number) => number;
  ticks: Tick[];
}

/** A linear scale from zero to at least `high`, with round ends. */
export function linear(
  high: number,
  from: number,
  to: number,
  label: (value: number) => string = formatNumber,
  count = 5,
): PlotScale {
  const scale = scaleLinear()
    .domain([0, Math.max(high, 1e-9)])
    .range([from, to])
    .nice(count);
  return {
    at: (value) => scale(value),
    ticks: scale.ticks(count).map((value) => ({ at: scale(value), label: trimZeros(label(value)) })),
  };
}

/** A linear scale between two values. */
export function between(
  low: number,
  high: number,
  from: number,
  to: number,
  label: (value: number) => string,
  count = 4,
): PlotScale {
  const scale = scaleLinear().domain([low, high]).range([from, to]);
  return {
    at: (value) => scale(value),
    ticks: scale.ticks(count).map((value) => ({ at: scale(value), label: trimZeros(label(value)) })),
  };
}

/** A logarithmic scale of times, ms; ticks at 1, 2 and 5, or at powers of ten where there is little room. */
export function logMs(values: readonly number[], from: number, to: number, roomy = true): PlotScale {
  const positive = values.filter((value) => value > 0);
  const low = Math.min(...positive, 1e6);
  const high = Math.max(...positive, low * 2);
  const scale = scaleLog()
    .domain([low * 0.85, high * 1.15])
    .range([from, to])
    .clamp(true);
  const wide = high / low > (roomy ? 3000 : 25);
  const ticks: Tick[] = [];
  for (let exponent = -3; exponent <= 6; exponent += 1) {
    for (const step of wide ? [1] : [1, 2, 5]) {
      const value = step * 10 ** exponent;
      if (value >= low * 0.85 && value <= high * 1.15)
        ticks.push({ at: scale(value), label: trimZeros(formatMs(value)) });
    }
  }
  return { at: (value) => scale(Math.max(value, low * 0.85)), ticks };
}
