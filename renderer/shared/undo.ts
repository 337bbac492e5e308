import { closeNote, note } from './notes.ts';

const id = 'undo';
let about: string | null = null;

/** Says what was done to something, with the way back beside it: until that is gone, another takes its place, or the page is left. The trash keeps the way back. */
export function offerUndo(subject: string, text: string, undo: () => void): void {
  about = subject;
  note({
    ...{ id, kind: 'undo', text },
    undo: () => {
      closeNote(id);
      undo();
    },
  });
}

/** There is nothing to undo any more: it was brought back in another way, or is gone for good. Without a subject: whatever it is about. */
export function withdrawUndo(subject: string | null = about): void {
  if (subject === about) closeNote(id);
}
