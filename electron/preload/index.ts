import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
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

// Only a person's own drop brings files that have a place: what the page makes up has none.
const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
window.addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault());
window.addEventListener('drop', (event) => {
  if (!event.isTrusted || !holdsFiles(event)) return;
  event.preventDefault();
  const paths = [...(event.dataTransfer?.files ?? [])].map((file) => webUtils.getPathForFile(file)).filter(Boolean);
  if (paths.length > 0) ipcRenderer.send('cleave:dropped', paths);
});
