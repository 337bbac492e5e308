import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Bridge, BridgeEventName, BridgeEvents } from '../../engine/model/index.ts';

const bridge: Bridge = {
  request: (name, ...args) => ipcRenderer.invoke('cleave:request', name, args),
  on: <N extends BridgeEventName>(name: N, listener: (payload: BridgeEvents[N]) => void) => {
    const forward = (_event: IpcRendererEvent, sent: BridgeEventName, payload: BridgeEvents[N]) => {
      if (sent === name) listener(payload);
    };
    ipcRenderer.on('cleave:event', forward);
    ipcRenderer.send('cleave:listening', name);
    return () => {
      ipcRenderer.removeListener('cleave:event', forward);
    };
  },
};

contextBridge.exposeInMainWorld('cleave', bridge);
