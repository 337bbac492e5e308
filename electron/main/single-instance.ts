import { app } from 'electron';

/** False when another instance with this profile runs already; that one then calls `show`. */
export function becomeOnlyInstance(show: () => void): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', show);
  return true;
}
