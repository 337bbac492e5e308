import type { Definition } from './definition.ts';

/** Where a metric's values are averaged and compared. */
export interface Scale {
  to: (value: number) => number;
  back: (value: number) => number;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export const scales: Record<Definition['scale'], Scale> = {
  ratio: { to: Math.log, back: Math.exp },
  difference: { to: (value) => value, back: (value) => value },
  share: {
    to: (value) => Math.asin(Math.sqrt(clamp(value, 0, 1))),
    back: (value) => Math.sin(clamp(value, 0, Math.PI / 2)) ** 2,
  },
  count: { to: (value) => Math.log(value + 0.5), back: (value) => Math.max(0, Math.exp(value) - 0.5) },
};

export const mean = (values: readonly number[]) => values.reduce((total, one) => total + one, 0) / values.length;

/** The one average: the mean on the scale, read back; null without values, and for ratios of what is not above zero. */
export function average(scale: Definition['scale'], values: readonly number[]): number | null {
  if (values.length === 0 || (scale === 'ratio' && values.some((value) => value <= 0))) return null;
  const { to, back } = scales[scale];
  return back(mean(values.map(to)));
}

/** A change on the scale as it is printed: a factor for ratios, else the difference from the baseline's value, cut where it leads below nothing or beyond all. */
export function printed(scale: Definition['scale'], change: number, baseline: number): number {
  // No file holds an infinity.
  if (scale === 'ratio') return Math.min(Number.MAX_VALUE, Math.exp(change));
  const { to, back } = scales[scale];
  const end = back(to(baseline) + change);
  return Math.min(Number.MAX_VALUE, Math.max(0, end) - baseline);
}
