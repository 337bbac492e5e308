import { app, type BrowserWindow } from 'electron';

/** False when another instance with this profile runs already; that one then shows its window. */
export function becomeOnlyInstance(window: () => BrowserWindow | null): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => {
    const target = window();
    if (target === null) return;
    if (target.isMinimized()) target.restore();
    target.show();
    target.focus();
  });
  return true;
}
