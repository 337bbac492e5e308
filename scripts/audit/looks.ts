import { studentP } from './beta.ts';

export interface Look {
  blocks: number;
  alphaSpent: number;
}

/** Chance of any false verdict in a family, over all looks. */
export const ALPHA = 0.05;
/** How far a level may differ where both sides found it on random paths of their own. */
export const BY_PATHS = 0.12;

const PATHS = 200_000;

/** Normal values, the same in every run (Marsaglia's polar method on a Weyl sequence that is scrambled). */
function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
}

/** Levels by looks and chance: every family asks for the same few. */
const known = new Map<string, number>();

/** |t| at every look of each path on which nothing differs. */
function draw(looks: readonly Look[]): Float64Array[] {
  const next = normals(20_261_126);
  const found = looks.map(() => new Float64Array(PATHS));
  const values: number[] = [];
  for (let path = 0; path < PATHS; path += 1) {
    values.length = 0;
    for (const [index, { blocks }] of looks.entries()) {
      while (values.length < blocks) values.push(next());
      const middle = values.reduce((sum, one) => sum + one, 0) / blocks;
      const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (blocks - 1));
      const at = found[index];
      if (at !== undefined) at[path] = Math.abs(middle) / (spread / Math.sqrt(blocks));
    }
  }
  return found;
}

let kept: { looks: string; drawn: Float64Array[] } | null = null;

function drawnFor(looks: readonly Look[]): Float64Array[] {
  const name = JSON.stringify(looks);
  if (kept?.looks !== name) kept = { looks: name, drawn: draw(looks) };
  return kept.drawn;
}

/**
 * Levels of the tests at the last of these looks. `t`: on the paths that no look before has taken for a difference, the t that the share of all paths exceeds
 * which the look may add. `exact`: what the look adds, whatever the others did.
 */
export function levelsAt(looks: readonly Look[]): { t: (chance: number) => number; exact: (chance: number) => number } {
  const [last, before] = [looks.at(-1), looks.at(-2)];
  if (last === undefined) return { t: (chance) => chance, exact: (chance) => chance };
  const added = (last.alphaSpent - (before?.alphaSpent ?? 0)) / ALPHA;
  const exact = (chance: number) => chance * added;
  if (before === undefined) return { t: exact, exact };
  const t = (chance: number) => {
    const key = JSON.stringify([looks, chance]);
    const found = known.get(key) ?? level(drawnFor(looks), looks, chance);
    known.set(key, found);
    return found;
  };
  return { t, exact };
}

function level(drawn: readonly Float64Array[], looks: readonly Look[], chance: number): number {
  let open = Array.from({ length: PATHS }, (_, path) => path);
  let border = Infinity;
  for (const [index, { alphaSpent }] of looks.entries()) {
    const at = drawn[index];
    if (at === undefined) break;
    const taken = Math.round((chance * alphaSpent * PATHS) / ALPHA) - (PATHS - open.length);
    const sorted = Float64Array.from(open, (path) => at[path] ?? 0).sort();
    border = sorted[sorted.length - taken] ?? Infinity;
    open = open.filter((path) => (at[path] ?? 0) < border);
  }
  return studentP(border, (looks.at(-1)?.blocks ?? 2) - 1);
}
