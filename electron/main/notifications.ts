import { Notification, type BrowserWindow } from 'electron';
import type { LabEventOf } from '../../engine/model/index.ts';

const titles: Record<LabEventOf<'run-ended'>['outcome'], string> = {
  completed: 'The experiment is done',
  cancelled: 'The experiment was cancelled',
  failed: 'The experiment failed',
  interrupted: 'The experiment was interrupted',
};

/**
 * Says that a run has ended, unless the person is looking at the window anyway. `open` is called when it is clicked. Answers whether it
 * could be said.
 */
export function notifyRunEnded(end: LabEventOf<'run-ended'>, window: BrowserWindow | null, open: () => void): boolean {
  if (window?.isFocused() === true || !Notification.isSupported()) return false;
  const notification = new Notification({ title: titles[end.outcome], body: end.text });
  notification.on('click', open);
  notification.show();
  return true;
}
