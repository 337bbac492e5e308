import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import { UndoNote } from './UndoNote.tsx';

let shown = 0;

/** Says what was done with the way back beside it, for as long as nobody closes it. */
export function offerUndo(text: string, undo: () => void): void {
  shown += 1;
  const id = `undo-${shown}`;
  const onUndo = (): void => {
    notifications.hide(id);
    undo();
  };
  notifications.show({
    id,
    autoClose: false,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
    message: createElement(UndoNote, { text, onUndo }),
  });
}
