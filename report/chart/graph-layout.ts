import type { CallView } from '../data/hops.ts';

export interface GraphNode {
  name: string;
  /** Column, from the caller of everything at 0. */
  layer: number;
  /** Position within the column, 0 to 1. */
  row: number;
}

/** Puts every module in the column after its last caller; within a column, near those that call it. Cycles are cut where they close. */
export function layoutGraph(calls: readonly Pick<CallView, 'from' | 'to'>[]): GraphNode[] {
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
  const columns: string[][] = [];
  for (const name of names) {
    const layer = layers.get(name) ?? 0;
    columns[layer] = [...(columns[layer] ?? []), name];
  }
  const rows = new Map<string, number>();
  return columns.flatMap((column, layer) => {
    const pull = (name: string): number => {
      const known = calls.filter((call) => call.to === name).flatMap((call) => rows.get(call.from) ?? []);
      return known.length === 0 ? 0.5 : known.reduce((sum, row) => sum + row, 0) / known.length;
    };
    const sorted = [...column].sort((one, other) => pull(one) - pull(other));
    return sorted.map((name, index) => {
      const row = (index + 0.5) / sorted.length;
      rows.set(name, row);
      return { name, layer, row };
    });
  });
}
