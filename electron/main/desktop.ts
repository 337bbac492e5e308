import path from 'node:path';
import { app, session, shell, type BrowserWindow } from 'electron';
import { appOrigin, serveApp } from './app-protocol.ts';
import { openBackground } from './background.ts';
import { developmentPolicy } from './content-security.ts';
import { reviveWindow } from './crash.ts';
import type { Opening } from './deep-link.ts';
import { askToLeave } from './dialogs.ts';
import { openEngineHost, type EngineHost } from './engine-host.ts';
import { openWindowEvents } from './events.ts';
import { hardenSession } from './hardening.ts';
import { hostConfiguration, hostEnvironment } from './host-configuration.ts';
import { openRequests } from './ipc.ts';
import { openLink } from './links.ts';
import type { Log } from './log.ts';
import { enableCancel, setMenu } from './menu.ts';
import { notifyRunEnded } from './notifications.ts';
import { listenForOpenings } from './openings.ts';
import type { Places } from './places.ts';
import { quitSafely } from './quit.ts';
import { registerRequests } from './requests/index.ts';
import { batchIntervalMs, recordRuns } from './run-recorder.ts';
import { openSettings } from './settings.ts';
import { applyTheme } from './theme.ts';
import { openWindow } from './window.ts';

export interface DesktopOptions {
  places: Places;
  log: Log;
  page: { url: string; origin: string };
  isDevelopment: boolean;
  window: () => BrowserWindow | null;
  /** Brings the window to the front, from wherever it is. */
  show: () => void;
  setWindow: (window: BrowserWindow | null) => void;
}

/** Puts the parts together and opens the window. */
export async function startDesktop({
  places,
  log,
  page,
  isDevelopment,
  window,
  show,
  setWindow,
}: DesktopOptions): Promise<void> {
  const settings = openSettings(places.profile);
  const events = openWindowEvents(window);
  const command = (name: Parameters<Parameters<typeof setMenu>[0]['command']>[0], argument: string | null = null) =>
    events.command({ command: name, argument });
  const dataFolder = () => {
    const chosen = settings.get().dataFolder;
    // A file that somebody edited may name a folder that is another one wherever the program is started.
    return chosen !== null && path.isAbsolute(chosen) ? chosen : places.defaultData;
  };

  const recorder = recordRuns({
    onBatch: (batch) => {
      enableCancel(recorder.activeRunId !== null, window());
      events.send('run:events', batch);
    },
    onEnd: (end) => {
      const isHidden = background.entered;
      background.say(end.text);
      // Who sent the program to the background was promised a word, whatever the settings say.
      if (!isHidden && !settings.get().notifyWhenDone) return;
      const told = notifyRunEnded(end, window(), () => {
        show();
        command(end.resultId === null ? 'run' : 'open-result', end.resultId);
      });
      if (isHidden && !told) show();
    },
    later: (callback) => void setTimeout(callback, batchIntervalMs),
    nowMs: Date.now,
  });

  await app.whenReady();
  applyTheme(settings.get().theme);
  hardenSession();
  if (isDevelopment) relaxForDevelopment(page.origin);
  else serveApp(path.join(places.out, 'renderer'));

  const host = openEngineHost({
    modulePath: path.join(places.out, 'host', 'index.js'),
    configuration: () => hostConfiguration(places, dataFolder(), settings.get()),
    environment: hostEnvironment(places),
    on: {
      'engine:changed': (status) => events.send('engine:changed', status),
      'explore:changed': (state) => events.send('explore:changed', state),
      'results:changed': () => events.send('results:changed', null),
      'run:event': ({ runId, event }) => recorder.record(runId, event),
    },
    onCrash: () => {
      recorder.interrupt(
        'The engine part of Cleave stopped unexpectedly. The rounds that had finished are kept; the run is listed as interrupted.',
      );
      events.send('results:changed', null);
    },
    log,
  });

  settings.onDidChange((next) => {
    applyTheme(next.theme);
    events.send('settings:changed', next);
    host
      .request('host:configure', hostConfiguration(places, dataFolder(), next))
      .catch((error: unknown) => log('warning', `the engine host did not take the settings: ${String(error)}`));
  });

  const quitting = quitSafely({
    busy: () => recorder.busy,
    ask: () => {
      show();
      return askToLeave(window() ?? open());
    },
    hide: () => {
      background.enter();
      window()?.hide();
    },
    announce: () => command('run'),
    cleanUp: (patienceMs) => host.stop(patienceMs),
    log,
  });

  const background = openBackground({
    icon: path.join(places.out, 'icon.png'),
    show,
    cancelAndQuit: () => quitting.cancelAndQuit(),
    log,
  });

  const open = () => {
    const opened = openWindow(places, page.url, log);
    opened.on('close', (event) => {
      if (quitting.windowMayClose()) return;
      event.preventDefault();
      app.quit();
    });
    opened.webContents.on('did-start-loading', () => events.pageStarted());
    opened.on('show', () => background.leave());
    opened.on('session-end', () => quitting.cancelAndQuit());
    opened.on('closed', () => setWindow(null));
    reviveWindow(opened, log);
    setWindow(opened);
    return opened;
  };
  const requests = openRequests((frame) => originOf(frame.url) === (isDevelopment ? page.origin : appOrigin), log);
  registerRequests({
    requests,
    host,
    places,
    settings,
    recorder,
    events,
    window: () => window() ?? open(),
    dataFolder,
  });
  setMenu({
    command: (name) => {
      if (window() === null) open();
      command(name);
    },
    openLogs: () => void shell.openPath(places.logs),
    openDocumentation: () =>
      void openLink('documentation', places.documentation).catch((error: unknown) => log('warning', String(error))),
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' || !recorder.busy) app.quit();
  });
  app.on('activate', () => {
    if (window() === null) open();
    else show();
  });

  open();
  listenForOpenings(
    (opening) =>
      void follow(opening, host, command).catch((error: unknown) =>
        log('warning', `could not open what was asked for: ${String(error)}`),
      ),
  );
}

async function follow(
  opening: Opening,
  host: EngineHost,
  command: (name: 'open-result' | 'experiments', argument: string) => void,
): Promise<void> {
  switch (opening.kind) {
    case 'result':
      return command('open-result', opening.id);
    case 'result-file': {
      const imported = await host.request('results:import-file', opening.path);
      if (imported !== null) command('open-result', imported.id);
      return;
    }
    case 'experiment-file': {
      const imported = await host.request('experiments:import-file', opening.path);
      if (imported !== null) command('experiments', imported.name);
    }
  }
}

function relaxForDevelopment(origin: string): void {
  session.defaultSession.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, 'content-security-policy': [developmentPolicy(origin)] } }),
  );
}

function originOf(url: string): string | null {
  try {
    const parsed = new URL(url);
    return `${parsed.protocol}//${parsed.host}`;
  } catch {
    return null;
  }
}
