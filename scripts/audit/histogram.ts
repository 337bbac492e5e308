import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js';

/** Times in whole microseconds, ascending, and how many requests had each. */
export type Times = readonly (readonly [microseconds: number, count: number])[];

/** Unpacks an HDR histogram (compressed, base64); an empty text is an empty one. */
export function unpack(text: string | null): Times {
  if (text === null || text === '') return [];
  const histogram = decodeFromCompressedBase64(text, 32, false, 60_000_000);
  if (!(histogram instanceof JsHistogram)) throw new TypeError('this histogram was not decoded in JavaScript');
  const times: [number, number][] = [];
  const iterator = histogram.recordedValuesIterator;
  iterator.reset();
  while (iterator.hasNext()) {
    const { valueIteratedTo, countAddedInThisIterationStep } = iterator.next();
    times.push([valueIteratedTo, countAddedInThisIterationStep]);
  }
  return times;
}

export function join(parts: readonly Times[]): Times {
  return parts.flat().toSorted(([one], [other]) => one - other);
}

export function count(times: Times): number {
  return times.reduce((total, [, one]) => total + one, 0);
}

/** The time of the `rank`-th request, from 1. */
function ranked(times: Times, rank: number): number {
  let seen = 0;
  for (const [microseconds, one] of times) {
    seen += one;
    if (seen >= rank) return microseconds;
  }
  return times.at(-1)?.[0] ?? 0;
}

/** A value, or a bound that the true one is at least. */
export interface Value {
  value: number;
  atLeast: boolean;
}

/** Quantile `q` in ms over answers and failures, the failures behind every answer; null with fewer than ten requests beyond it. */
export function quantile(answers: Times, failures: Times, q: number): Value | null {
  const [answered, failed] = [count(answers), count(failures)];
  const total = answered + failed;
  if (total < Math.round(10 / (1 - q))) return null;
  const rank = Math.min(total, Math.max(1, Math.floor(q * total + 0.5)));
  if (rank <= answered) return { value: ranked(answers, rank) / 1000, atLeast: false };
  const slowest = answers.at(-1)?.[0] ?? 0;
  return { value: Math.max(slowest, ranked(failures, rank - answered)) / 1000, atLeast: true };
}
