import { create } from 'zustand';
import { railPageOf, type RailPage, type Route } from '../../engine/model/index.ts';
import { useRoute } from './router.ts';

/** Something that is said below the page: that it was done, how it is undone, or why it could not be done. */
export interface Note {
  /** Another note of the same id takes its place. */
  id: string;
  kind: 'done' | 'undo' | 'problem';
  text: string;
  /** What failed, in a few words. */
  title?: string;
  undo?: () => void;
  /** Where in the rail it was said. */
  at: RailPage;
}

/** The notes that are shown, oldest first. */
export const useNotes = create<{ notes: readonly Note[] }>(() => ({ notes: [] }));

const mostShown = 3;
const doneForMs = 5000;
let fading: ReturnType<typeof setTimeout> | null = null;

/** Says it. What was done goes by itself after a while; the rest is closed, undone, settled or left behind with its page. */
export function note(next: Omit<Note, 'at'>): void {
  const said: Note = { ...next, at: railPageOf(useRoute.getState().route.page) };
  useNotes.setState(({ notes }) => ({ notes: [...notes.filter(({ id }) => id !== next.id), said].slice(-mostShown) }));
  if (next.kind !== 'done') return;
  if (fading !== null) clearTimeout(fading);
  fading = setTimeout(() => closeNote(next.id), doneForMs);
}

/** Takes a note away. */
export function closeNote(id: string): void {
  useNotes.setState(({ notes }) =>
    notes.some((one) => one.id === id) ? { notes: notes.filter((one) => one.id !== id) } : { notes },
  );
}

/** Takes the newest note away. */
export function closeNewest(): void {
  const newest = useNotes.getState().notes.at(-1);
  if (newest !== undefined) closeNote(newest.id);
}

/** Notes that still matter on another page: what failed or can be undone belongs to where it was. Pure. */
export function notesThatStay(notes: readonly Note[], to: Route): readonly Note[] {
  const stay = notes.filter(({ kind, at }) => kind === 'done' || at === railPageOf(to.page));
  return stay.length === notes.length ? notes : stay;
}

/** Leaves notes behind with their pages; returns the unsubscribe. */
export function followNotes(): () => void {
  return useRoute.subscribe(({ route }) => useNotes.setState(({ notes }) => ({ notes: notesThatStay(notes, route) })));
}
