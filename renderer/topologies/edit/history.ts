import type { Topology } from '../../../engine/model/index.ts';
import { applyEdit, type Edit } from './edit.ts';

/** A cut being drawn, with the way back and forth. */
export interface Drawing {
  now: Topology;
  past: readonly Topology[];
  future: readonly Topology[];
}

const limit = 200;

export function startDrawing(topology: Topology): Drawing {
  return { now: topology, past: [], future: [] };
}

/** Does the edit; what was undone before can then no longer be redone. */
export function edit(drawing: Drawing, change: Edit): Drawing {
  const topology = applyEdit(drawing.now, change);
  if (topology === drawing.now) return drawing;
  return { now: topology, past: [...drawing.past, drawing.now].slice(-limit), future: [] };
}

export function undo(drawing: Drawing): Drawing {
  const before = drawing.past.at(-1);
  if (before === undefined) return drawing;
  return { now: before, past: drawing.past.slice(0, -1), future: [drawing.now, ...drawing.future] };
}

export function redo(drawing: Drawing): Drawing {
  const [next, ...future] = drawing.future;
  if (next === undefined) return drawing;
  return { now: next, past: [...drawing.past, drawing.now], future };
}
