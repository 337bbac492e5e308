import { studentTTwoSided } from './student-t.ts';

/**
 * Chance of |t| along a path of t statistics, each of the first n of one row of independent normal values with mean 0, by numerical integration.
 *
 * The values after n blocks are a random direction in n dimensions, and t = sqrt(n - 1) tan(angle), where the angle is that between the direction and the plane in
 * which the values have mean 0. Its density is proportional to cos(angle)^(n - 2). Where t after n + 1 blocks is known, t after n is what one more angle makes of it
 * (the last value against the mean of the others, density cos^(n - 2) again), whatever happened before: the path is a Markov chain, and its boundaries can be found block by
 * block as those of a normal path are (Armitage, McPherson & Rowe 1969).
 */

/** Where the path has been below every border so far. */
export interface Kept {
  blocks: number;
  /** No path that was kept has a larger angle, in (0, pi/2]. */
  until: number;
  /** Share of the paths at each of the nodes that was kept. */
  shares: Float64Array;
}

const halfPi = Math.PI / 2;
/** Nodes from 0 to `until`, denser towards it: there the share falls as the root of what is left. */
const nodes = 240;
/** Points of Gauss and Legendre's rule for an integral. */
const rule = gaussLegendre(24);

const angleOf = ({ until }: Kept, node: number): number => until * Math.sin((node / nodes) * halfPi);

/** Before the first look every path is kept. */
export function everyPath(blocks: number): Kept {
  return { blocks, until: halfPi, shares: new Float64Array(nodes + 1).fill(1) };
}

/** What is kept when all beyond the border is taken out. `border`: an angle. */
export function below(kept: Kept, border: number): Kept {
  const until = Math.min(border, kept.until);
  const cut: Kept = { ...kept, until, shares: new Float64Array(nodes + 1) };
  for (let node = 0; node <= nodes; node += 1) cut.shares[node] = shareAt(kept, angleOf(cut, node));
  return cut;
}

/** The same paths one block later. */
export function oneBlockMore(kept: Kept): Kept {
  const { blocks } = kept;
  const [cosine, sine] = [Math.sqrt(blocks / (blocks + 1)), Math.sqrt(1 / (blocks + 1))];
  const edge = Math.tan(Math.min(kept.until, halfPi));
  const reach = Math.hypot(sine, edge);
  const all = kept.until >= halfPi;
  const next: Kept = {
    blocks: blocks + 1,
    until: all ? halfPi : Math.atan(reach / cosine),
    shares: new Float64Array(nodes + 1),
  };
  const turn = Math.atan2(edge, sine);
  const whole = powerIntegral(blocks - 2);
  for (let node = 0; node <= nodes; node += 1) {
    const now = Math.tan(angleOf(next, node));
    // The new angle at which the path was exactly at the border a block ago.
    const middle = all ? 0 : Math.asin(Math.min(1, (cosine * now) / reach));
    const low = all ? -halfPi : middle - turn;
    const high = all ? halfPi : Math.min(middle + turn, Math.PI - middle - turn);
    next.shares[node] =
      integral(low, high, (angle) => {
        const before = Math.atan((cosine * now - sine * Math.sin(angle)) / Math.cos(angle));
        return shareAt(kept, Math.abs(before)) * Math.cos(angle) ** (blocks - 2);
      }) / whole;
  }
  return next;
}

/** Share of all paths that was kept so far and is beyond the border, an angle. */
export function chanceBeyond(kept: Kept, border: number): number {
  if (border >= kept.until) return 0;
  const density = (angle: number) => shareAt(kept, angle) * Math.cos(angle) ** (kept.blocks - 2);
  return (2 * integral(border, kept.until, density)) / powerIntegral(kept.blocks - 2);
}

/** The border, an angle, beyond which this share of all paths lies that was kept so far. */
export function borderOf(kept: Kept, chance: number): number {
  let [low, high] = [0, kept.until];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (chanceBeyond(kept, middle) > chance) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Two-sided p-value of a t statistic at this border. */
export function levelOf({ blocks }: Kept, border: number): number {
  return studentTTwoSided(Math.sqrt(blocks - 1) * Math.tan(border), blocks - 1);
}

/** Between the nodes by a cubic through four of them. */
function shareAt({ until, shares }: Kept, angle: number): number {
  if (angle > until) return 0;
  const place = (Math.asin(Math.min(1, angle / until)) / halfPi) * nodes;
  const first = Math.max(0, Math.min(nodes - 3, Math.floor(place) - 1));
  return cubic(shares.subarray(first, first + 4), place - first);
}

/** What a cubic through four values at 0, 1, 2 and 3 has at `x` (Lagrange). */
export function cubic([a = 0, b = 0, c = 0, d = 0]: Iterable<number> & ArrayLike<number>, x: number): number {
  return (
    (a * (x - 1) * (x - 2) * (3 - x)) / 6 +
    (b * x * (x - 2) * (x - 3)) / 2 +
    (c * x * (x - 1) * (3 - x)) / 2 +
    (d * x * (x - 1) * (x - 2)) / 6
  );
}

/** Integral from `low` to `high`; the ends may have roots, which the substitution makes smooth. */
function integral(low: number, high: number, of: (x: number) => number): number {
  if (high <= low) return 0;
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  let sum = 0;
  for (const { point, weight } of rule) {
    const turned = point * halfPi;
    sum += weight * of(middle + half * Math.sin(turned)) * Math.cos(turned);
  }
  return sum * half * halfPi;
}

/** Integral of cos(x)^power over (-pi/2, pi/2). */
function powerIntegral(power: number): number {
  if (power === 0) return Math.PI;
  if (power === 1) return 2;
  return (powerIntegral(power - 2) * (power - 1)) / power;
}

/** Roots of Legendre's polynomial by Newton's method, and the weights that belong to them (Abramowitz & Stegun 25.4.29). */
function gaussLegendre(count: number): { point: number; weight: number }[] {
  return Array.from({ length: count }, (_, index) => {
    let point = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 50; step += 1) {
      let [value, before] = [1, 0];
      for (let degree = 1; degree <= count; degree += 1)
        [value, before] = [((2 * degree - 1) * point * value - (degree - 1) * before) / degree, value];
      slope = (count * (point * value - before)) / (point * point - 1);
      const move = value / slope;
      point -= move;
      if (Math.abs(move) < 1e-16) break;
    }
    return { point, weight: 2 / ((1 - point * point) * slope * slope) };
  });
}
