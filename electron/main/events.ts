import { ipcMain, type BrowserWindow } from 'electron';
import type { BridgeEventName, BridgeEvents } from '../../engine/model/index.ts';

/** Tells the window things unasked. A menu command waits until the page listens for it. */
export interface WindowEvents {
  send<N extends Exclude<BridgeEventName, 'menu:command'>>(name: N, payload: BridgeEvents[N]): void;
  /** Asks the page to go somewhere or do something. */
  command(command: BridgeEvents['menu:command']): void;
  /** The page is loading again: it will subscribe anew. */
  pageStarted(): void;
}

const maximumWaiting = 20;

export function openWindowEvents(window: () => BrowserWindow | null): WindowEvents {
  let listening = false;
  let waiting: BridgeEvents['menu:command'][] = [];

  const deliver = (name: BridgeEventName, payload: unknown) => {
    const target = window();
    if (target !== null && !target.isDestroyed() && !target.webContents.isDestroyed())
      target.webContents.send('cleave:event', name, payload);
  };
  ipcMain.on('cleave:listening', (event, name: unknown) => {
    if (event.sender !== window()?.webContents || name !== 'menu:command') return;
    listening = true;
    for (const command of waiting) deliver('menu:command', command);
    waiting = [];
  });

  return {
    send: deliver,
    command: (command) => {
      if (listening) deliver('menu:command', command);
      else waiting = [...waiting, command].slice(-maximumWaiting);
    },
    pageStarted: () => {
      listening = false;
    },
  };
}
