import { app, session, type Session } from 'electron';
import type { Log } from './log.ts';

/** Refuses, for every page this program will ever show: navigation, new windows, webviews, permissions, downloads. */
export function hardenEverything(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-frame-navigate', (event) => {
      // A page may load itself again, and nothing else.
      if (event.isMainFrame && event.url === contents.getURL()) return;
      event.preventDefault();
      log('warning', 'A page tried to navigate; refused.');
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => {
      log('warning', 'A page tried to open a window; refused.');
      return { action: 'deny' };
    });
  });
}

/** Refuses what a session could grant. Call once `app` is ready. */
export function hardenSession(own: Session = session.defaultSession): void {
  // Writing plain text to the clipboard is what a Copy button does; reading it, and everything else, is refused.
  own.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
  own.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  own.setSpellCheckerEnabled(false);
}
