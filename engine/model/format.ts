import { decimalFigure, percentFigure, significantFigure } from './figure.ts';

/*
 * Quantities for people: the one place where a number gets its digits and its unit, for sentences, reports, window and terminal alike.
 */

/** No-break space between a number and its unit. */
const gap = '\u00a0';
const minus = '\u2212';

/**
 * `value` with three significant digits, grouped by thousands, no exponent, a real minus sign. What is smaller than the eighth decimal
 * is told as that, never as 0; with `meaning`, what only rounds to one of those numbers does not read as it.
 */
export function formatNumber(value: number, digits = 3, meaning: readonly number[] = []): string {
  return grouped(significantFigure(value, digits, { meaning }));
}

/** Whole numbers in full, others with three significant digits. */
export function formatCount(value: number): string {
  return Number.isInteger(value) ? grouped(decimalFigure(value, 0)) : formatNumber(value);
}

/** A written figure with commas between its thousands and a real minus sign. */
function grouped(figure: string): string {
  return figure.replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ',')).replace('-', minus);
}

/** A duration in the unit that reads best: microseconds, ms, s or min. */
export function formatMs(ms: number): string {
  const size = Math.abs(ms);
  if (size === 0) return `0${gap}ms`;
  if (size < 0.0995) return `${formatNumber(ms * 1000)}${gap}µs`;
  if (size < 999.5) return `${formatNumber(ms)}${gap}ms`;
  if (size < 119_500) return `${formatNumber(ms / 1000)}${gap}s`;
  return `${formatNumber(ms / 60_000)}${gap}min`;
}

/** Bytes in binary multiples. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  let size = bytes;
  let step = 0;
  while (Math.abs(size) >= 999.5 && step < units.length - 1) {
    size /= 1024;
    step += 1;
  }
  return `${step === 0 && Math.abs(size) >= 1 ? formatCount(Math.round(size)) : formatNumber(size)}${gap}${units[step]}`;
}

/**
 * A share as per cent, with at most so many decimals; without that near 100 % with enough to tell 99.9 from 99.99. Only all of it reads
 * 100 %, and only nothing 0 %: else `> 99.99 %`, `< 0.01 %`.
 */
export function formatShare(share: number, decimals = decimalsOf(share)): string {
  if (!Number.isFinite(share)) return 'not a number';
  const figure = grouped(percentFigure(share, decimals));
  return `${figure.includes('.') && !figure.startsWith('<') ? figure.replace(/\.?0+$/, '') : figure}${gap}%`;
}

function decimalsOf(share: number): number {
  const percent = Math.abs(share * 100);
  const distance = Math.abs(100 - percent);
  // Closer than three decimals can tell: said with two.
  if (distance < 0.0005) return 2;
  return distance < 0.1 ? 3 : distance < 1 || percent < 1 ? 2 : 1;
}

/** A ratio, for example `2.93 ×`; only what is the same reads 1. */
export function formatRatio(ratio: number, digits = 3): string {
  return `${formatNumber(ratio, digits, [1])}${gap}×`;
}

/** A value of the metric catalogue with its unit; `none` where there is no value. */
export function formatValue(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return 'none';
  if (!Number.isFinite(value)) return 'not a number';
  switch (unit) {
    case 'ms':
      return formatMs(value);
    case 's':
      return formatMs(value * 1000);
    case 'bytes':
      return formatBytes(value);
    case 'share':
      return formatShare(value);
    case 'cpu-seconds':
      return `${formatNumber(value)}${gap}CPU${gap}s`;
    case 'count':
      return formatCount(value);
    case 'requests':
      return `${formatCount(value)}${gap}requests`;
    default:
      return `${formatNumber(value)}${gap}${unit}`;
  }
}

/** The same figure without zeros that only fill up, for the labels of an axis: `2.00 s` becomes `2 s`. */
export function trimZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?!\d)/, '$1').replace(/\.(?!\d)/, '');
}

/** A rate of whatever is counted: `48.2 /s`. */
export function formatRate(perSecond: number): string {
  return `${formatNumber(perSecond)}${gap}/s`;
}

/** A number in full, with commas between its thousands: nothing is rounded but the noise of dividing. */
export function formatExact(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 15 });
}

/** `1 round`, `3 rounds`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A formatted value in its figure and its unit, to set them in different sizes. */
export function splitUnit(text: string, between = gap): { figure: string; unit: string } {
  // `< 0.1 ms`: what says on which side it lies belongs to the figure.
  const at = text.indexOf(between, /^[<>] ?/.exec(text)?.[0].length ?? 0);
  return at < 0 ? { figure: text, unit: '' } : { figure: text.slice(0, at), unit: text.slice(at + 1) };
}
