import { createRandom, familyAlpha, type Look } from '../model/index.ts';
import { studentTQuantile, studentTTwoSided } from './student-t.ts';

/** What a test at one look is held against, so that the chance of a false finding holds over all looks. */
export interface LookLevels {
  /** Level of the t test at this look, of a finding that may err with the chance `alpha` over all looks. */
  t: (alpha: number) => number;
  /** The inverse of `t`: the chance over all looks at which a finding of this p-value would just be one. */
  overall: (pValue: number) => number;
  /** Level of an exact test at this look: what the look adds to the chance spent, whatever the looks have to do with each other (Bonferroni). */
  exact: (alpha: number) => number;
}

/** One look that may spend all of the chance: a level is itself. */
export const oneLook: LookLevels = { t: (alpha) => alpha, overall: (pValue) => pValue, exact: (alpha) => alpha };

/** Paths that are drawn; the levels of the later looks are known to about a fiftieth. */
const paths = 400_000;
/** Chances for which levels are found on the paths; between them they are interpolated, below them the share of the chance stays the same. */
const chances = [0.2, 0.1, 0.05, 0.025, 0.0125, 0.00625, 0.003125];

/** A look that may spend nothing finds nothing; its intervals still have an end. */
const leastLevel = 1e-12;

const known = new Map<string, LookLevels>();

/**
 * Levels at the last of these looks, all the others having been taken before it. The chance is spent as the plan says (Lan & DeMets 1983): each look may add the
 * difference to what the one before it had spent. The levels are those of the path of t statistics, which has no closed form: the same seeded paths of independent
 * normal block values give at each look the |t| that so many of the paths exceed which have not been a finding before.
 * A first look is exact: it may err with what it spends. Without looks there is one, at the end, that spends all. Looks must ascend in blocks, from 2 on, and what they
 * spend is of `familyAlpha`. The same looks give the same levels.
 */
export function lookLevels(looks: readonly Look[]): LookLevels {
  const last = looks.at(-1);
  if (last === undefined) return oneLook;
  const key = JSON.stringify(looks);
  const found = known.get(key);
  if (found !== undefined) return found;
  const spent = looks.map(({ alphaSpent }) => alphaSpent / familyAlpha);
  const lastStep = (spent.at(-1) ?? 1) - (spent.at(-2) ?? 0);
  if (looks.length === 1) {
    const scaled = (alpha: number) => alpha * lastStep;
    return { t: scaled, exact: scaled, overall: (pValue) => Math.min(1, pValue / lastStep) };
  }
  const statistics = looks.map(({ blocks }) => pathsAfter(blocks));
  const rows = chances.map((chance) => ({
    chance: Math.log(chance),
    share: Math.log(levelAt(statistics, spent, last.blocks, chance) / chance),
  }));
  const t = (alpha: number) => Math.max(leastLevel, alpha * Math.exp(interpolate(rows, Math.log(alpha))));
  const levels: LookLevels = {
    t,
    overall: (pValue) => inverse(t, pValue),
    exact: (alpha) => Math.max(leastLevel, alpha * lastStep),
  };
  known.set(key, levels);
  return levels;
}

interface Simulated {
  /** |t| of every path. */
  values: Float32Array;
  /** The paths with the largest, largest first. */
  order: Uint32Array;
}

const sums = new Float64Array(paths);
const squares = new Float64Array(paths);
/** What was drawn so far, by the number of blocks: every plan looks at the same paths. */
const drawn: Simulated[] = [];

/** |t| of every path after so many blocks, and which are largest. */
function pathsAfter(blocks: number): Simulated {
  for (let block = drawn.length + 1; block <= blocks; block += 1) {
    const random = createRandom('looks', block);
    const values = new Float32Array(paths);
    for (let path = 0; path < paths; path += 1) {
      const value = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
      const sum = (sums[path] ?? 0) + value;
      const square = (squares[path] ?? 0) + value * value;
      sums[path] = sum;
      squares[path] = square;
      if (block > 1) values[path] = Math.abs(sum) / Math.sqrt((block * (square - (sum * sum) / block)) / (block - 1));
    }
    // No look's level is above the chance itself, so the largest chance bounds who can be among the first.
    const least = block < 2 ? Infinity : 0.99 * studentTQuantile(1 - Math.max(...chances) / 2, block - 1);
    const order = Uint32Array.from([...values.keys()].filter((path) => (values[path] ?? 0) >= least));
    drawn.push({ values, order: order.sort((x, y) => (values[y] ?? 0) - (values[x] ?? 0)) });
  }
  return drawn[blocks - 1] ?? { values: new Float32Array(), order: new Uint32Array() };
}

/** The level at the last look of a finding that may err with this chance over all of them. */
function levelAt(
  statistics: readonly Simulated[],
  spent: readonly number[],
  lastBlocks: number,
  chance: number,
): number {
  const found = new Uint8Array(paths);
  let [already, border] = [0, Infinity];
  for (const [look, { values, order }] of statistics.entries()) {
    // What rounding left undone at one look is done at the next.
    const upTo = Math.round(chance * (spent[look] ?? 1) * paths);
    border = Infinity;
    for (const path of order) {
      if (already >= upTo) break;
      if (found[path] === 1) continue;
      found[path] = 1;
      already += 1;
      border = values[path] ?? border;
    }
  }
  return studentTTwoSided(border, lastBlocks - 1);
}

function interpolate(rows: readonly { chance: number; share: number }[], chance: number): number {
  const [first] = rows;
  if (first === undefined || chance >= first.chance) return first?.share ?? 0;
  for (const [index, row] of rows.entries()) {
    const next = rows[index + 1];
    if (next === undefined) return row.share;
    if (chance >= next.chance) {
      const way = (chance - next.chance) / (row.chance - next.chance);
      return next.share + way * (row.share - next.share);
    }
  }
  return 0;
}

/** Where a rising function from (0, 1] takes a value, by halving on the logarithm; 1 beyond its end. */
function inverse(rising: (x: number) => number, value: number): number {
  if (value <= 0) return 0;
  if (rising(1) <= value) return 1;
  let [low, high] = [Math.log(value) - 40, 0];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (rising(Math.exp(middle)) < value) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}
