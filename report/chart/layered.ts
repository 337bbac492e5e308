import * as dagre from '@dagrejs/dagre';

/** The parts of the layout library that are used: its own types lead nowhere for modules that name their extensions. */
interface LayoutLibrary {
  Graph: new () => LayoutGraph;
  layout: (graph: LayoutGraph) => void;
}
interface LayoutGraph {
  setGraph(options: Record<string, string | number>): void;
  setNode(id: string, size: { width: number; height: number }): void;
  setEdge(from: string, to: string, label: { width: number; height: number }): void;
  hasNode(id: string): boolean;
  /** With its middle, once it is laid out. */
  node(id: string): { x?: number; y?: number };
  edge(from: string, to: string): { points?: { x: number; y: number }[] };
}
const { Graph, layout } = dagre as unknown as LayoutLibrary;

/** A box to be placed. */
export interface Box {
  id: string;
  width: number;
  height: number;
}

/** Who calls whom, by the ids of boxes. */
export interface Call {
  from: string;
  to: string;
}

/** Boxes in columns, callers left of what they call. */
export interface Layered {
  /** Column, left edge and top of each box, by its id. */
  places: ReadonlyMap<string, { column: number; x: number; y: number }>;
  /** Heights at which a call that skips columns passes them, free of boxes, by `callKey`. */
  passes: ReadonlyMap<string, readonly { column: number; y: number }[]>;
  columns: readonly { left: number; right: number }[];
  height: number;
}

/** Room between columns, between boxes of one, and beside a call that passes. */
export interface Gaps {
  column: number;
  row: number;
  lane: number;
}

/** Name of a call among those of a layout. */
export function callKey({ from, to }: Call): string {
  return `${from}\n${to}`;
}

/** Places boxes in columns and leads calls past the columns they skip; the same boxes and calls are always placed alike, circles included. Pure. */
export function layered(boxes: readonly Box[], calls: readonly Call[], gaps: Gaps): Layered {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', ranksep: gaps.column, nodesep: gaps.row, edgesep: gaps.lane });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  const between = calls.filter(({ from, to }) => from !== to && graph.hasNode(from) && graph.hasNode(to));
  for (const { from, to } of between) graph.setEdge(from, to, { width: 0, height: 0 });
  if (boxes.length > 0) layout(graph);
  const middleOf = (id: string): { x: number; y: number } => {
    const { x = 0, y = 0 } = graph.node(id);
    return { x, y };
  };
  // Boxes of a column have one middle.
  const middles = [...new Set(boxes.map(({ id }) => Math.round(middleOf(id).x)))].toSorted((a, b) => a - b);
  const columnAt = (x: number): number => middles.indexOf(Math.round(x));
  const columns = middles.map((middle) => {
    const half = Math.max(
      ...boxes.flatMap(({ id, width }) => (columnAt(middleOf(id).x) === columnAt(middle) ? [width / 2] : [])),
    );
    return { left: middle - half, right: middle + half };
  });
  const places = new Map(
    boxes.map(({ id, width, height }) => {
      const { x, y } = middleOf(id);
      return [id, { column: columnAt(x), x: x - width / 2, y: y - height / 2 }];
    }),
  );
  const passes = new Map(
    between.map(({ from, to }) => {
      const { points = [] } = graph.edge(from, to);
      const [first, last] = [places.get(from)?.column ?? 0, places.get(to)?.column ?? 0];
      const skipped = points
        .map(({ x, y }) => ({ column: columnAt(x), y }))
        .filter(({ column }) => column > first && column < last);
      return [callKey({ from, to }), skipped];
    }),
  );
  const height = Math.max(0, ...boxes.map(({ id, height: own }) => middleOf(id).y + own / 2));
  return { places, passes, columns, height };
}
