import { callKey } from '../../../report/index.ts';
import { corridor, type PlacedCut, type PlacedUnit } from './layout.ts';

export interface Point {
  x: number;
  y: number;
}

/** A stretch of a call that runs level, from `x0` to `x1` at height `y`. */
export interface Lane {
  x0: number;
  x1: number;
  y: number;
}

const clear = corridor.row / 2;

/**
 * Where a call between two units runs level: past the columns between them where the layout keeps room for it, and under everything when it goes
 * back. Between two lanes it changes its height in the corridor between two columns, where no box is. Pure.
 */
export function lanesOf(
  { units, columns, passes }: PlacedCut,
  from: PlacedUnit,
  to: PlacedUnit,
  start: Point,
  end: Point,
): Lane[] {
  const at = ({ x, width }: PlacedUnit): number =>
    columns.findIndex(({ left, right }) => x + width / 2 >= left && x + width / 2 <= right);
  const [first, last] = [at(from), at(to)];
  const [source, target] = [columns[first], columns[last]];
  if (source === undefined || target === undefined) return [];
  const out: Lane = { x0: start.x, x1: source.right, y: start.y };
  const into: Lane = { x0: target.left, x1: end.x, y: end.y };
  if (last <= first) {
    const under = Math.max(...units.map(({ y, height }) => y + height)) + clear;
    // Back in a corridor of its own, left of the target's column.
    return [out, { x0: source.right + corridor.column / 2, x1: target.left - corridor.column / 2, y: under }, into];
  }
  const between = (passes.get(callKey({ from: from.name, to: to.name })) ?? []).flatMap(({ column, y }): Lane[] => {
    const skipped = columns[column];
    return skipped === undefined ? [] : [{ x0: skipped.left, x1: skipped.right, y }];
  });
  return [out, ...between, into];
}

/** The lanes as one line, with bends where the height changes. */
export function pathOf(lanes: readonly Lane[]): string {
  return lanes
    .map(({ x0, x1, y }, index) => {
      const before = lanes[index - 1];
      if (before === undefined) return `M${x0},${y} L${x1},${y}`;
      // A way back turns round: it bends outward before it comes in.
      const bend = Math.max(corridor.column / 2, Math.abs(x0 - before.x1) / 2);
      const [away, toward] = [
        before.x1 + Math.sign(before.x1 - before.x0 || 1) * bend,
        x0 - Math.sign(x1 - x0 || 1) * bend,
      ];
      return `C${away},${before.y} ${toward},${y} ${x0},${y} L${x1},${y}`;
    })
    .join(' ');
}
