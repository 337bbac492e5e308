import { build, encodeIntoCompressedBase64 } from 'hdr-histogram-js';
import { around, type Random } from './random.ts';

/** A compressed histogram of `count` log-normal response times around `medianMs`, a few of them `tail` times longer. */
export function makeHistogram(random: Random, count: number, medianMs: number, spread = 0.45, tail = 4): string {
  const histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 60_000_000,
    numberOfSignificantValueDigits: 3,
  });
  for (let sample = 0; sample < count; sample += 1) {
    const ms = around(random, medianMs, spread) * (random() < 0.02 ? tail : 1);
    histogram.recordValue(Math.min(59_000_000, Math.max(1, Math.round(ms * 1000))));
  }
  return encodeIntoCompressedBase64(histogram);
}
