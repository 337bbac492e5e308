import {
  decimalFigure,
  formatNumber,
  formatValue,
  percentFigure,
  splitUnit,
  trimZeros,
  type Metric,
} from '../model/index.ts';

/** Numbers that say "the same" or "all of it" where they stand in a sentence. */
const meaning = [1, 100];

/**
 * Two or three significant digits, thousands with commas: 2.9, 0.42, 1,240. Only nothing reads 0, and only those themselves 1 and 100: what is close
 * to them has more digits, or is told by the side on which it lies.
 */
export function inWords(value: number, digits = 3): string {
  if (!Number.isFinite(value) || value === 0) return decimalFigure(value, 0);
  const decimals = Math.min(4, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
  const text = value.toLocaleString('en-US', { maximumFractionDigits: decimals });
  const read = Math.abs(Number(text));
  if (read !== 0 && !meaning.some((one) => one === read && one !== Math.abs(value))) return text;
  let figure = decimalFigure(value, decimals, meaning);
  // What is close to nothing is told as that at once.
  const most = read === 0 ? decimals : decimals + 3;
  for (let more = decimals + 1; more <= most && /^[<>]/.test(figure); more += 1)
    figure = decimalFigure(value, more, meaning);
  return /^[<>]/.test(figure) ? figure : figure.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

/** A value of a metric with its unit, as everywhere else but for terminals and files: plain spaces, a plain minus sign, no zeros that only fill up. */
export function valueInWords(value: number, unit: Metric['unit']): string {
  return plainly(formatValue(value, unit));
}

/** A difference of a metric's values with its unit: of shares in percentage points. */
export function differenceInWords(value: number, unit: Metric['unit']): string {
  return unit === 'share' ? plainly(`${formatNumber(value * 100, 3, [100])} pp`) : valueInWords(value, unit);
}

/** Two values joined by a word, the unit after the second only where it is the same. */
export function pairInWords(first: string, join: string, second: string): string {
  const [one, other] = [splitUnit(first, ' '), splitUnit(second, ' ')];
  return `${one.unit === other.unit ? one.figure : first} ${join} ${second}`;
}

function plainly(text: string): string {
  return trimZeros(text.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-'));
}

/** "Response time p95" as it stands within a sentence; names that begin with capitals (CPU) keep them. */
export function withinSentence(title: string): string {
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** "the monolith's", "microservices'". */
export function possessive(name: string): string {
  return name.endsWith('s') ? `${name}'` : `${name}'s`;
}

/** The confidence that goes with a two-sided level: 0.05 is "95 %", 0.0167 "98.3 %". */
export function levelInWords(level: number): string {
  // A level too small to be told from none is not none.
  const confidence = level > 0 ? Math.min(1 - level, 1 - Number.EPSILON) : 1 - level;
  const figure = percentFigure(confidence, level < 0.001 ? 3 : level < 0.01 ? 2 : 1);
  return `${/^[<>]/.test(figure) ? figure : Number(figure)} %`;
}
