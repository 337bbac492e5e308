import type { Application, Topology } from '../../../engine/model/index.ts';
import { layered, type Layered } from '../../../report/index.ts';

export const moduleSize = { width: 138, height: 36 };
/** What stays free between the modules of a unit. */
const inner = { column: 34, row: 14, lane: 14 };
/** What stays free between columns of boxes and between the boxes of one. */
export const corridor = { column: 46, row: 20 };
/** And beside a call that passes: little, so that names stay large. */
const lane = 6;
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

/** A cut as it is drawn: boxes, and how calls between them pass the columns that they skip. */
export interface PlacedCut {
  units: PlacedUnit[];
  /** From left to right. */
  columns: Layered['columns'];
  /** Heights in the columns that a call between two units skips, by `callKey` of the units. */
  passes: Layered['passes'];
}

/** How many calls at most lead from the entry to each module: callers come before what they call. */
export function ranksOf(application: Application): Map<string, number> {
  const { places } = layered(boxesOf(Object.keys(application.modules)), callsOf(application), inner);
  return new Map([...places].map(([module, { column }]) => [module, column]));
}

function boxesOf(modules: readonly string[]) {
  return modules.map((id) => ({ id, ...moduleSize }));
}

function callsOf(application: Application): { from: string; to: string }[] {
  return Object.entries(application.modules).flatMap(([from, { uses }]) =>
    uses.map(({ module: to }) => ({ from, to })),
  );
}

/** Places every unit as a box with its modules inside, callers left of what they call. The same cut is always placed alike. */
export function layOut(application: Application, topology: Topology): PlacedCut {
  const calls = callsOf(application);
  const ranks = ranksOf(application);
  const boxes = new Map(topology.units.map((unit) => [unit.name, arrange(unit.modules, calls, ranks)]));
  const home = new Map(topology.units.flatMap((unit) => unit.modules.map((module) => [module, unit.name] as const)));
  const between = calls.flatMap(({ from, to }) => {
    const [caller, called] = [home.get(from), home.get(to)];
    return caller === undefined || called === undefined ? [] : [{ from: caller, to: called }];
  });
  const { places, passes, columns } = layered(
    [...boxes].map(([id, { width, height }]) => ({ id, width, height })),
    between,
    { ...corridor, lane },
  );
  const units = [...boxes].map(([name, box]) => ({
    name,
    x: places.get(name)?.x ?? 0,
    y: places.get(name)?.y ?? 0,
    ...box,
  }));
  return { units, columns, passes };
}

function arrange(
  modules: readonly string[],
  calls: readonly { from: string; to: string }[],
  ranks: ReadonlyMap<string, number>,
): Arranged {
  if (isStacked(modules)) return stackUp(modules, ranks);
  const { places, columns, height } = layered(boxesOf(modules), calls, inner);
  return {
    width: padding.side * 2 + (columns.at(-1)?.right ?? 0),
    height: padding.top + padding.bottom + height,
    modules: modules.map((name) => ({
      name,
      x: padding.side + (places.get(name)?.x ?? 0),
      y: padding.top + (places.get(name)?.y ?? 0),
    })),
  };
}

/** Whether a unit's modules stand one below the other: few enough to read so. */
export function isStacked(modules: readonly string[]): boolean {
  return modules.length > 1 && modules.length <= mostStacked;
}

function stackUp(modules: readonly string[], ranks: ReadonlyMap<string, number>): Arranged {
  const sorted = modules.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
  return {
    width: padding.side + moduleSize.width + arcRoom,
    height: padding.top + padding.bottom + sorted.length * moduleSize.height + (sorted.length - 1) * inner.row,
    modules: sorted.map((name, row) => ({
      name,
      x: padding.side,
      y: padding.top + row * (moduleSize.height + inner.row),
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
