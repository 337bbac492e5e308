import { decimalFigure, type Metric } from '../model/index.ts';

/** Two or three significant digits, thousands with commas: 2.9, 0.42, 1,240. */
export function inWords(value: number, digits = 3): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const decimals = Math.min(4, Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
  const text = value.toLocaleString('en-US', { maximumFractionDigits: decimals });
  // Too small for the last decimal is not nothing.
  return Number(text) === 0 ? decimalFigure(value, decimals) : text;
}

const units: Record<Metric['unit'], string> = {
  ms: ' ms',
  s: ' s',
  bytes: ' bytes',
  'requests/s': ' requests/s',
  'journeys/s': ' journeys/s',
  share: '',
  count: '',
  'cpu-seconds': ' CPU seconds',
  requests: ' requests',
};

/** A value of a metric with its unit. */
export function valueInWords(value: number, unit: Metric['unit']): string {
  return `${figureInWords(value, unit)}${unit === 'bytes' ? '' : units[unit]}`;
}

/** Two values of a metric joined by a word, the unit after the second only. */
export function pairInWords(first: number, join: string, second: number, unit: Metric['unit']): string {
  return `${figureInWords(first, unit)} ${join} ${valueInWords(second, unit)}`;
}

/** Only all of it reads as a share of 1. */
function figureInWords(value: number, unit: Metric['unit']): string {
  if (unit === 'bytes') return bytesInWords(value);
  const text = inWords(value);
  return unit === 'share' && text === '1' && value < 1 ? '> 0.999' : text;
}

function bytesInWords(value: number): string {
  const size = Math.abs(value);
  if (size >= 2 ** 20) return `${inWords(value / 2 ** 20)} MiB`;
  return size >= 2 ** 10 ? `${inWords(value / 2 ** 10)} KiB` : `${inWords(value)} bytes`;
}

/** "Response time p95" as it stands within a sentence; names that begin with capitals (CPU) keep them. */
export function withinSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** "the monolith's", "microservices'". */
export function possessive(name: string): string {
  return name.endsWith('s') ? `${name}'` : `${name}'s`;
}

export function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** The confidence that goes with a two-sided level: 0.05 is "95 %", 0.0167 "98.3 %". */
export function levelInWords(level: number): string {
  const percent = (1 - level) * 100;
  return `${Number(percent.toFixed(level < 0.001 ? 3 : level < 0.01 ? 2 : 1))} %`;
}
