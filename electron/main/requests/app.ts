import os from 'node:os';
import { app, shell } from 'electron';
import { Problem } from '../../host-protocol/index.ts';
import { openLink } from '../links.ts';
import type { Context } from './context.ts';

export function registerAppRequests({ requests, places, dataFolder, host }: Context): void {
  requests.handle('app:info', () => ({
    version: app.getVersion(),
    platform: process.platform,
    cpus: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    dataFolder: dataFolder(),
  }));
  requests.handle('app:diagnostics', async () => {
    const status = await host.request('engine:status').catch(() => null);
    return [
      `Cleave ${app.getVersion()}${app.isPackaged ? '' : ' (development)'}`,
      `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node ${process.versions.node}`,
      `${os.type()} ${os.release()} ${os.arch()}, ${os.availableParallelism()} CPUs, ${Math.round(os.totalmem() / 2 ** 20)} MiB`,
      status === null
        ? 'Engine: unknown'
        : `Engine: ${status.state} ${status.name ?? ''} ${status.version ?? ''} ${status.problem ?? ''}`.trimEnd(),
      `Engine host: ${host.pid === null ? 'not running' : 'running'}`,
    ].join('\n');
  });
  requests.handle('app:open-logs', async () => {
    const problem = await shell.openPath(places.logs);
    if (problem !== '') throw new Problem('not-opened', 'The log folder could not be opened.', `It is ${places.logs}`);
  });
  requests.handle('app:open-link', (name) => openLink(name, places.documentation));
}
