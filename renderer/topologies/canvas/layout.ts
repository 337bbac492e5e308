import { own, type Application, type Topology } from '../../../engine/model/index.ts';

export const moduleSize = { width: 138, height: 36 };
const gap = { column: 34, row: 14, unitColumn: 46, unitRow: 26 };
/** What stays free between columns of boxes and between the boxes of one. */
export const corridor = { column: gap.unitColumn, row: gap.unitRow };
const padding = { side: 13, top: 36, bottom: 13 };

/** Stacks are no taller than this, and leave room for the arcs of their calls. */
const mostStacked = 5;
const arcRoom = 46;

export interface Placed {
  name: string;
  x: number;
  y: number;
}
export interface PlacedUnit extends Placed {
  width: number;
  height: number;
  /** Positions inside the unit's box. */
  modules: Placed[];
}

interface Arranged {
  width: number;
  height: number;
  modules: Placed[];
}

/** Longest way from the entry to each module along the call graph; circles are cut where they close. */
export function ranksOf(application: Application): Map<string, number> {
  const ranks = new Map<string, number>();
  const visit = (module: string, rank: number, path: ReadonlySet<string>): void => {
    if (path.has(module)) return;
    const known = ranks.get(module);
    if (known !== undefined && known >= rank) return;
    ranks.set(module, rank);
    const onward = new Set(path).add(module);
    for (const dependency of own(application.modules, module)?.uses ?? []) visit(dependency.module, rank + 1, onward);
  };
  visit(application.entry, 0, new Set());
  for (const module of Object.keys(application.modules)) if (!ranks.has(module)) visit(module, 0, new Set());
  return ranks;
}

/** Places every unit as a box with its modules inside, callers left of what they call. The same cut is always placed alike. */
export function layOut(application: Application, topology: Topology): PlacedUnit[] {
  const ranks = ranksOf(application);
  const rank = (module: string): number => ranks.get(module) ?? 0;
  const order = new Map(Object.keys(application.modules).map((module, index) => [module, index]));
  const boxes = topology.units.map((unit) => ({
    ...arrange(unit.modules, rank, order),
    name: unit.name,
    rank: Math.min(...unit.modules.map(rank)),
  }));
  const columns = [...new Set(boxes.map((box) => box.rank))].toSorted((a, b) => a - b);
  const heights = columns.map((column) => stack(boxes.filter((box) => box.rank === column)));
  const tallest = Math.max(...heights);
  const placed: PlacedUnit[] = [];
  let x = 0;
  for (const [index, column] of columns.entries()) {
    const members = boxes.filter((box) => box.rank === column);
    let y = (tallest - (heights[index] ?? 0)) / 2;
    for (const { name, width, height, modules } of members) {
      placed.push({ name, x, y, width, height, modules });
      y += height + gap.unitRow;
    }
    x += Math.max(...members.map((box) => box.width)) + gap.unitColumn;
  }
  return placed;
}

function stack(boxes: { height: number }[]): number {
  return boxes.reduce((sum, box) => sum + box.height, 0) + gap.unitRow * Math.max(0, boxes.length - 1);
}

function arrange(
  modules: readonly string[],
  rank: (module: string) => number,
  order: ReadonlyMap<string, number>,
): Arranged {
  if (isStacked(modules)) return stackUp(modules, rank, order);
  const columns = [...new Set(modules.map(rank))].toSorted((a, b) => a - b);
  const lists = columns.map((column) =>
    modules.filter((module) => rank(module) === column).toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
  );
  const rows = Math.max(...lists.map((list) => list.length));
  const placed = lists.flatMap((list, column) =>
    list.map((name, row) => ({
      name,
      x: padding.side + column * (moduleSize.width + gap.column),
      y: padding.top + (row + (rows - list.length) / 2) * (moduleSize.height + gap.row),
    })),
  );
  return {
    width: padding.side * 2 + columns.length * moduleSize.width + (columns.length - 1) * gap.column,
    height: padding.top + padding.bottom + rows * moduleSize.height + (rows - 1) * gap.row,
    modules: placed,
  };
}

/** Whether a unit's modules stand one below the other: few enough to read so. */
export function isStacked(modules: readonly string[]): boolean {
  return modules.length > 1 && modules.length <= mostStacked;
}

function stackUp(
  modules: readonly string[],
  rank: (module: string) => number,
  order: ReadonlyMap<string, number>,
): Arranged {
  const sorted = modules.toSorted((a, b) => rank(a) - rank(b) || (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return {
    width: padding.side + moduleSize.width + arcRoom,
    height: padding.top + padding.bottom + sorted.length * moduleSize.height + (sorted.length - 1) * gap.row,
    modules: sorted.map((name, row) => ({
      name,
      x: padding.side,
      y: padding.top + row * (moduleSize.height + gap.row),
    })),
  };
}

/** The name of the unit box that contains the point, or null for the empty canvas. */
export function unitAt(units: readonly PlacedUnit[], point: { x: number; y: number }): string | null {
  const hit = units.find(
    (unit) =>
      point.x >= unit.x && point.x <= unit.x + unit.width && point.y >= unit.y && point.y <= unit.y + unit.height,
  );
  return hit?.name ?? null;
}
