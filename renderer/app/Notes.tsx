import { Button, CloseButton } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconTrash } from '@tabler/icons-react';
import { useHotkeys } from '../shared/hotkeys.ts';
import { closeNewest, closeNote, useNotes, type Note } from '../shared/notes.ts';
import classes from './notes.module.css';

const icons = { done: IconCheck, undo: IconTrash, problem: IconAlertTriangle } as const;

/** What is said about what was done, in a row of its own below the page: it takes room and covers nothing. Escape closes the newest. */
export function Notes() {
  const notes = useNotes((state) => state.notes);
  useHotkeys(notes.length === 0 ? [] : [['Escape', escape]]);
  return (
    <section className={classes.notes} aria-label="Notes">
      {notes.map((note) => (
        <Row key={note.id} note={note} />
      ))}
    </section>
  );
}

/** What is open over the page goes first, and by itself. */
function escape(): void {
  if (document.querySelector('[role="dialog"], [role="menu"]') === null) closeNewest();
}

function Row({ note }: { note: Note }) {
  const { id, kind, title, text, undo } = note;
  const Icon = icons[kind];
  return (
    <div className={classes.note} data-kind={kind} role={kind === 'problem' ? 'alert' : 'status'}>
      <Icon size={16} aria-hidden="true" />
      <span className={classes.text}>
        {title === undefined ? null : <b>{title}. </b>}
        {text}
      </span>
      {undo === undefined ? null : (
        <Button size="compact-sm" variant="default" leftSection={<IconArrowBackUp size={14} />} onClick={undo}>
          Undo
        </Button>
      )}
      <CloseButton size="sm" aria-label="Close this note" onClick={() => closeNote(id)} />
    </div>
  );
}
