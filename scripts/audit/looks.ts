import { studentP, studentT } from './beta.ts';

export interface Look {
  blocks: number;
  alphaSpent: number;
}

/** Chance of any false verdict in a family, over all looks. */
export const ALPHA = 0.05;
/** How far a level may differ where each side found it on a grid of its own. */
export const BY_GRID = 0.001;

/** Level of a look that may add nothing. */
const NEARLY_NEVER = 1e-12;

/** Cells of the angle from 0 to a right angle; equally likely angles of the next block's value. */
const [CELLS, STEPS] = [3000, 500];
const WIDTH = Math.PI / 2 / CELLS;

/** The chance of |t| below a border after so many blocks, the border given as the angle whose tangent is t / sqrt(blocks - 1). */
const chanceWithin = (angle: number, blocks: number) =>
  1 - studentP(Math.tan(angle) * Math.sqrt(blocks - 1), blocks - 1);

/**
 * One block more. The values so far are a direction in as many dimensions, and the next value turns it by an angle of its own; how much lies in which cell of the angle
 * towards equal values is carried forward.
 */
function forward(mass: Float64Array, blocks: number): Float64Array {
  const turns = Array.from({ length: STEPS / 2 }, (_, step) =>
    Math.atan(studentT((step + 0.5) / (STEPS / 2), blocks) / Math.sqrt(blocks)),
  ).flatMap((turn) => [turn, -turn]);
  const [cosines, sines] = [turns.map(Math.cos), turns.map(Math.sin)];
  const next = new Float64Array(CELLS);
  for (let cell = 0; cell < CELLS; cell += 1) {
    const here = (mass[cell] ?? 0) / STEPS;
    if (here === 0) continue;
    const leaning = Math.sqrt(blocks) * Math.sin((cell + 0.5) * WIDTH);
    for (let step = 0; step < STEPS; step += 1) {
      const towards = (leaning * (cosines[step] ?? 0) + (sines[step] ?? 0)) / Math.sqrt(blocks + 1);
      // Shared between the two cells whose middles it lies between.
      const place = Math.asin(Math.min(1, Math.abs(towards))) / WIDTH - 0.5;
      const lower = Math.floor(place);
      const upper = place - lower;
      const [first, second] = [Math.max(0, lower), Math.min(CELLS - 1, lower + 1)];
      next[first] = (next[first] ?? 0) + here * (1 - upper);
      next[second] = (next[second] ?? 0) + here * upper;
    }
  }
  return next;
}

/** How much of the mass lies beyond which angle: takes it out, and says where. */
function takeOut(mass: Float64Array, chance: number): number {
  let left = chance;
  for (let cell = CELLS - 1; cell >= 0; cell -= 1) {
    const here = mass[cell] ?? 0;
    if (here >= left && here > 0) {
      mass[cell] = here - left;
      return (cell + 1 - left / here) * WIDTH;
    }
    left -= here;
    mass[cell] = 0;
  }
  return 0;
}

/**
 * Levels of the tests at the last of these looks. `t`: on the paths that no look before has taken for a difference, the t that the share of all paths exceeds
 * which the look may add. `exact`: what the look adds, whatever the others did.
 */
export function levelsAt(looks: readonly Look[]): { t: (chance: number) => number; exact: (chance: number) => number } {
  const [last, before] = [looks.at(-1), looks.at(-2)];
  if (last === undefined) return { t: (chance) => chance, exact: (chance) => chance };
  const added = (last.alphaSpent - (before?.alphaSpent ?? 0)) / ALPHA;
  const exact = (chance: number) => Math.max(NEARLY_NEVER, chance * added);
  if (before === undefined) return { t: exact, exact };
  const t = (chance: number) => {
    const key = JSON.stringify([looks, chance]);
    const found = known.get(key) ?? level(looks, chance);
    known.set(key, found);
    return found;
  };
  return { t, exact };
}

/** Levels by looks and chance: every family asks for the same few. */
const known = new Map<string, number>();

function level(looks: readonly Look[], chance: number): number {
  let [blocks, before, border] = [looks[0]?.blocks ?? 2, 0, Math.PI / 2];
  let mass: Float64Array = Float64Array.from(
    { length: CELLS },
    (_, cell) => chanceWithin((cell + 1) * WIDTH, blocks) - chanceWithin(cell * WIDTH, blocks),
  );
  for (const look of looks) {
    for (; blocks < look.blocks; blocks += 1) mass = forward(mass, blocks);
    const adds = (chance * (look.alphaSpent - before)) / ALPHA;
    border = adds > 0 ? takeOut(mass, adds) : Math.PI / 2;
    before = look.alphaSpent;
  }
  if (border === Math.PI / 2) return NEARLY_NEVER;
  return studentP(Math.tan(border) * Math.sqrt(blocks - 1), blocks - 1);
}
