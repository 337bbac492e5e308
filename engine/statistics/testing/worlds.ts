import type { Random } from '../../model/index.ts';

/** One draw of the standard normal distribution. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

function studentNoise(random: Random, degreesOfFreedom: number): number {
  let squares = 0;
  for (let index = 0; index < degreesOfFreedom; index += 1) squares += normal(random) ** 2;
  return normal(random) / Math.sqrt(squares / degreesOfFreedom);
}

/** Five in a hundred, and what chance may add to that in so many runs (two standard errors). */
export const atMostFive = (runs: number) => 0.05 + 2 * Math.sqrt((0.05 * 0.95) / runs);

/** What disturbs the logarithm of one measured value, beside the drift that both sides of a block share. */
export const noises = {
  normal: (random: Random) => 0.045 * normal(random),
  // A value whose disturbance is itself log-normal: rarely much slower, never much faster.
  'log-normal': (random: Random) => Math.log(1 + 0.05 * Math.exp(0.8 * normal(random))),
  'heavy-tailed': (random: Random) => 0.03 * studentNoise(random, 3),
  // Now and then a burst that only one of the two deployments meets.
  bursty: (random: Random) => 0.03 * normal(random) + (random.next() < 0.15 ? 0.3 * random.exponential() : 0),
  // The machine grows slower while a block is measured, by another amount in each.
  drifting: (random: Random) => 0.03 * normal(random) + 0.1 * random.next(),
} as const;

/** One value a block for each side; `ratio` is the truth. Blocks drift with tails so heavy that they have no variance. */
export function world(random: Random, noise: (random: Random) => number, blocks: number, ratio: number) {
  const baseline: number[] = [];
  const variant: number[] = [];
  const replica: number[] = [];
  for (let block = 0; block < blocks; block += 1) {
    const drift = 10 * Math.exp(0.2 * studentNoise(random, 2));
    baseline.push(drift * Math.exp(noise(random)));
    variant.push(drift * ratio * Math.exp(noise(random)));
    replica.push(drift * Math.exp(noise(random)));
  }
  return { baseline, variant, noise: baseline.map((first, block) => ({ first, second: replica[block] ?? null })) };
}
