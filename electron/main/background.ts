import path from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Log } from './log.ts';

/** The program without its window while a run goes on: a sign in the tray. */
export interface Background {
  /** Puts the sign up. Where the system has no tray, starting the program again is the way back to the window. */
  enter(): void;
  /** Takes it down: the window is there again. */
  leave(): void;
  /** What the sign says when it is pointed at. */
  say(text: string): void;
  readonly entered: boolean;
}

export interface BackgroundOptions {
  icon: string;
  show: () => void;
  cancelAndQuit: () => void;
  log: Log;
}

const iconSize = 22;

export function openBackground({ icon, show, cancelAndQuit, log }: BackgroundOptions): Background {
  let entered = false;
  let tray: Tray | null = null;
  return {
    enter: () => {
      entered = true;
      try {
        tray ??= new Tray(nativeImage.createFromPath(path.resolve(icon)).resize({ width: iconSize, height: iconSize }));
      } catch (error) {
        log('warning', `no sign in the tray: ${String(error)}`);
        return;
      }
      tray.setToolTip('Cleave: a run goes on');
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Open Cleave', click: show },
          { type: 'separator' },
          { label: 'Quit, Cancelling What Runs', click: cancelAndQuit },
        ]),
      );
      tray.on('click', show);
    },
    leave: () => {
      entered = false;
      tray?.destroy();
      tray = null;
    },
    say: (text) => tray?.setToolTip(`Cleave: ${text}`),
    get entered() {
      return entered;
    },
  };
}
