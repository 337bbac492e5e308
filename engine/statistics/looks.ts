import { familyAlpha, minimumBlocks, type Look } from '../model/index.ts';
import { below, borderOf, cubic, everyPath, levelOf, oneBlockMore, type Kept } from './t-path.ts';

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

/**
 * Logarithms of the chances for which levels are integrated. Between them they are interpolated, which is right to one in 50,000 up to a chance of 0.1, where verdicts
 * are, and to a few in a hundred towards 1, where nothing is one; below them the share of the chance stays the same.
 */
const spacing = 0.5;
const chances = Array.from({ length: 30 }, (_, index) => -index * spacing);

/** A look that may spend nothing finds nothing; its intervals still have an end. */
const leastLevel = 1e-12;

const known = new Map<string, LookLevels>();

/**
 * Levels at the last of these looks, all the others having been taken before it. The chance is spent as the plan says (Lan & DeMets 1983): each look may add the
 * difference to what the one before it had spent: at each look the level is that of the |t| which so many of the paths exceed that have not been a finding before.
 * A first look is exact: it may err with what it spends. Without looks there is one, at the end, that spends all. Looks must ascend in blocks, and what they
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
  const shares = chances.map((chance) => Math.log(atLook(looks, Math.exp(chance)).level) - chance);
  const t = (alpha: number) => Math.max(leastLevel, alpha * Math.exp(interpolate(shares, Math.log(alpha))));
  const levels: LookLevels = {
    t,
    overall: (pValue) => inverse(t, pValue),
    exact: (alpha) => Math.max(leastLevel, alpha * lastStep),
  };
  known.set(key, levels);
  return levels;
}

/**
 * The looks as a finding saw them that lacks a value in some blocks: only those at which it had enough, and one more than before; what it did not spend at one is there for the
 * next (spending by calendar, Lan & DeMets 1989). `has`: whether it has a change, block by block. Where it has not had enough yet, nothing is spent, and the last look stands for all.
 */
export function looksOf(looks: readonly Look[], has: readonly boolean[]): Look[] {
  const seen: Look[] = [];
  for (const { blocks, alphaSpent } of looks) {
    const known = has.slice(0, blocks).filter(Boolean).length;
    if (known >= minimumBlocks && known > (seen.at(-1)?.blocks ?? 0)) seen.push({ blocks: known, alphaSpent });
  }
  return seen.length > 0 ? seen : looks.slice(-1);
}

interface AtLook {
  /** Level of the t test at the look. */
  level: number;
  /** What is left of the paths after it. */
  kept: Kept;
}

/** Looks that are kept, 2 kB each: those of some ten plans. */
const mostTaken = 4000;
const taken = new Map<string, AtLook>();

/** The last of these looks, for a finding that may err with this chance over all of the plan. */
function atLook(looks: readonly Look[], chance: number): AtLook {
  const key = JSON.stringify([chance, looks]);
  const found = taken.get(key);
  if (found !== undefined) return found;
  const [before, last] = [looks.slice(0, -1), looks.at(-1)];
  // One value has no t: whatever such a look spends, it finds nothing.
  if (last === undefined || last.blocks < 2) return { level: leastLevel, kept: everyPath(2) };
  let kept = before.length === 0 ? everyPath(last.blocks) : atLook(before, chance).kept;
  while (kept.blocks < last.blocks) kept = oneBlockMore(kept);
  const spends = (last.alphaSpent - (before.at(-1)?.alphaSpent ?? 0)) / familyAlpha;
  const border = spends > 0 ? borderOf(kept, chance * spends) : kept.until;
  const at = { level: spends > 0 ? levelOf(kept, border) : leastLevel, kept: below(kept, border) };
  if (taken.size >= mostTaken) taken.clear();
  taken.set(key, at);
  return at;
}

/** By a cubic through four of the chances, that of the nearest beyond the last. */
function interpolate(shares: readonly number[], chance: number): number {
  const place = Math.max(0, -chance / spacing);
  if (place >= shares.length - 1) return shares.at(-1) ?? 0;
  const first = Math.max(0, Math.min(shares.length - 4, Math.floor(place) - 1));
  return cubic(shares.slice(first, first + 4), place - first);
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
