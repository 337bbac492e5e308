/** A seeded source of numbers in [0, 1): the same seed gives the same results everywhere. */
export type Random = () => number;

/** Mulberry32, small and good enough to make test data. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A standard normal value (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `centre` times a log-normal factor of spread `sigma`. */
export function around(random: Random, centre: number, sigma: number): number {
  return centre * Math.exp(sigma * normal(random));
}
