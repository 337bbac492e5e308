import { create } from 'zustand';
import { languageTitles, type Topology } from '../../engine/model/index.ts';
import { plural } from '../../report/index.ts';
import type { Edit } from './edit/edit.ts';
import { edit, redo, startDrawing, undo, type Drawing } from './edit/history.ts';

export interface DrawingState {
  drawing: Drawing | null;
  /** Name of the topology that was opened. */
  opened: string | null;
  selected: string | null;
  /** What the last edit did, told to assistive technology. */
  said: string;
}

/** The cut on the canvas; it outlives navigation. */
export const useDrawing = create<DrawingState>(() => ({ drawing: null, opened: null, selected: null, said: '' }));

/** Puts a topology on the canvas, forgetting what was drawn. */
export function openTopology(topology: Topology): void {
  useDrawing.setState({ drawing: startDrawing(topology), opened: topology.name, selected: null, said: '' });
}

/** Edits the cut on the canvas. */
export function change(what: Edit): void {
  step((drawing) => edit(drawing, what), sayEdit(what));
}

export function undoChange(): void {
  step(undo, 'Undone.');
}

export function redoChange(): void {
  step(redo, 'Redone.');
}

/** Marks a module. */
export function select(module: string | null): void {
  if (useDrawing.getState().selected !== module) useDrawing.setState({ selected: module });
}

function step(next: (drawing: Drawing) => Drawing, said: string): void {
  const { drawing } = useDrawing.getState();
  if (drawing === null) return;
  const after = next(drawing);
  if (after !== drawing) useDrawing.setState({ drawing: after, said });
}

function sayEdit(what: Edit): string {
  switch (what.kind) {
    case 'move':
      return `Moved ${what.module} to ${what.unit}.`;
    case 'split':
      return `${what.module} has a unit of its own now.`;
    case 'scatter':
      return `Every module of ${what.unit} has a unit of its own now.`;
    case 'merge':
      return `Merged ${what.from} into ${what.into}.`;
    case 'rename':
      return `Renamed ${what.unit} to ${what.name}.`;
    case 'instances':
      return `${what.unit} has ${plural(what.instances, 'instance')} now.`;
    case 'language':
      return `${what.module} is in ${languageTitles[what.language]} now.`;
  }
}
