import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema, createRandom, presets, requestsPerJourney, type Random } from '../../model/index.ts';
import { isSteady, warmUpSliceMs, type SliceTimes } from './steady.ts';

const manifest = new URL('../../../sample-apps/shop/application.yaml', import.meta.url);
const shop = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));

/** Requests each second and median ms of endpoints that differ much, as the presets load the shop. */
const endpoints = { home: [30, 12], product: [22.5, 10], search: [7.5, 6], cart: [15, 5], order: [6, 30] } as const;

/** A warm-up in which every request takes `factor` (of the second) times its usual, spread time. */
function warmUpOf(random: Random, seconds: number, factor: (second: number) => number, stall?: number): SliceTimes[] {
  const spread = () =>
    Math.exp(0.4 * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()));
  return Array.from({ length: (seconds * 1000) / warmUpSliceMs }, (_, index) => {
    const slice: Record<string, { ms: number; count: number }[]> = {};
    for (const [name, [perSecond, medianMs]] of Object.entries(endpoints)) {
      const mean = (perSecond * warmUpSliceMs) / 1000;
      for (let sum = random.exponential(); sum < mean; sum += random.exponential()) {
        const held = index === stall ? 400 : 0;
        (slice[name] ??= []).push({
          ms: held + medianMs * spread() * factor((index * warmUpSliceMs) / 1000),
          count: 1,
        });
      }
    }
    return slice;
  });
}

function steadyShare(seconds: number, factor: (second: number) => number, stall?: number): number {
  const random = createRandom(21, 'warm-up', seconds, stall ?? 0);
  const worlds = 300;
  let steady = 0;
  for (let world = 0; world < worlds; world += 1) if (isSteady(warmUpOf(random, seconds, factor, stall))) steady += 1;
  return steady / worlds;
}

const level = () => 1;

describe('isSteady, at the rate of the presets', () => {
  it('knows nothing before two seconds', () => {
    const slices = warmUpOf(createRandom(22), 3, level);
    expect(isSteady(slices.slice(0, 19))).toBe(false);
    expect(isSteady([])).toBe(false);
  });

  it.each([2, 3, 5])('calls a level warm-up of %d s steady, also when the machine stalls in it', (seconds) => {
    expect(steadyShare(seconds, level)).toBeGreaterThan(0.85);
    expect(steadyShare(seconds, level, 7)).toBeGreaterThan(0.8);
  });

  it.each([2, 3, 5])('does not call one steady whose requests get three times as fast over %d s', (seconds) => {
    expect(steadyShare(seconds, (second) => 3 - (2 * second) / seconds)).toBeLessThan(0.25);
  });

  it('accepts a cold start that ended', () => {
    expect(steadyShare(3, (second) => 1 + 3 * Math.exp(-second / 0.2))).toBeGreaterThan(0.8);
    expect(steadyShare(2, (second) => 1 + 3 * Math.exp(-second / 1))).toBeLessThan(0.1);
  });
});

it.each(Object.values(presets))('$name warms up long enough to be able to end steady', (preset) => {
  const { load, warmUp } = preset.build(shop);
  const slices = warmUpOf(createRandom(23, preset.name), warmUp.maxMs / 1000, level);
  expect((load.journeysPerSecond * requestsPerJourney(shop) * warmUp.maxMs) / 1000).toBeGreaterThan(warmUp.minRequests);
  expect(slices.some((_, index) => isSteady(slices.slice(0, index + 1)))).toBe(true);
});
