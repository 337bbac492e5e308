export interface GraphPlace {
  /** Column, from the caller of everything at 0. */
  layer: number;
  /** Position within the column, 0 to 1. */
  row: number;
}

export interface GraphLayout {
  nodes: Map<string, GraphPlace>;
  /** Where a call that skips columns passes through them, by `edgeKey`. */
  waypoints: Map<string, GraphPlace[]>;
  columns: number;
  /** Items in the fullest column, calls passing through included. */
  tallest: number;
}

interface Call {
  from: string;
  to: string;
}

export function edgeKey(call: Call): string {
  return `${call.from}\n${call.to}`;
}

/** Puts every module in the column after its last caller and near its callers; calls that skip a column get a lane through it. Cycles are cut where they close. */
export function layoutGraph(calls: readonly Call[]): GraphLayout {
  const layers = layersOf(calls);
  const columns: { id: string; before: string[]; edge: string | null }[][] = [];
  const add = (layer: number, item: { id: string; before: string[]; edge: string | null }): void => {
    columns[layer] = [...(columns[layer] ?? []), item];
  };
  for (const [name, layer] of layers)
    add(layer, {
      id: name,
      before: calls.filter((call) => call.to === name).map((call) => laneBefore(call, layer, layers)),
      edge: null,
    });
  for (const call of calls) {
    const [from, to] = [layers.get(call.from) ?? 0, layers.get(call.to) ?? 0];
    for (let layer = from + 1; layer < to; layer += 1)
      add(layer, { id: lane(call, layer), before: [laneBefore(call, layer, layers)], edge: edgeKey(call) });
  }
  const nodes = new Map<string, GraphPlace>();
  const waypoints = new Map<string, GraphPlace[]>();
  const rows = new Map<string, number>();
  for (const [layer, column] of columns.entries()) {
    const pull = (before: string[]): number => {
      const known = before.flatMap((id) => rows.get(id) ?? []);
      return known.length === 0 ? 0.5 : known.reduce((sum, row) => sum + row, 0) / known.length;
    };
    const sorted = [...(column ?? [])].sort((one, other) => pull(one.before) - pull(other.before));
    for (const [index, item] of sorted.entries()) {
      const place = { layer, row: (index + 0.5) / sorted.length };
      rows.set(item.id, place.row);
      if (item.edge === null) nodes.set(item.id, place);
      else waypoints.set(item.edge, [...(waypoints.get(item.edge) ?? []), place]);
    }
  }
  return {
    nodes,
    waypoints,
    columns: columns.length,
    tallest: Math.max(0, ...columns.map((column) => column?.length ?? 0)),
  };
}

const lane = (call: Call, layer: number): string => `${edgeKey(call)}\n${layer}`;

function laneBefore(call: Call, layer: number, layers: ReadonlyMap<string, number>): string {
  return (layers.get(call.from) ?? 0) >= layer - 1 ? call.from : lane(call, layer - 1);
}

function layersOf(calls: readonly Call[]): Map<string, number> {
  const names = [...new Set(calls.flatMap((call) => [call.from, call.to]))];
  const layers = new Map<string, number>();
  const depth = (name: string, path: readonly string[]): number => {
    const known = layers.get(name);
    if (known !== undefined) return known;
    const callers = calls
      .filter((call) => call.to === name && call.from !== name && !path.includes(call.from))
      .map((call) => call.from);
    const layer = callers.length === 0 ? 0 : 1 + Math.max(...callers.map((caller) => depth(caller, [...path, name])));
    if (path.length === 0) layers.set(name, layer);
    return layer;
  };
  for (const name of names) depth(name, []);
  const used = [...new Set(layers.values())].sort((one, other) => one - other);
  return new Map([...layers].map(([name, layer]) => [name, used.indexOf(layer)]));
}
