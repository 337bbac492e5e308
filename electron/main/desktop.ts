import path from 'node:path';
import { app, ipcMain, session, shell, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { presetOf } from '../../engine/model/index.ts';
import { Problem, type HostConfiguration } from '../host-protocol/index.ts';
import { appOrigin, serveApp } from './app-protocol.ts';
import { openBackground } from './background.ts';
import { openCampaigns } from './campaign.ts';
import { developmentPolicy } from './content-security.ts';
import { reviveWindow } from './crash.ts';
import { askToLeave, chooseFiles, tellRefused } from './dialogs.ts';
import { openEngineHost, type EngineHost } from './engine-host.ts';
import { openWindowEvents } from './events.ts';
import { hardenSession } from './hardening.ts';
import { hostConfiguration, hostEnvironment } from './host-configuration.ts';
import { openRequests } from './ipc.ts';
import { assertLabUnchanged } from './lab-hashes.ts';
import { openLink } from './links.ts';
import type { Log } from './log.ts';
import { enableCancel, setMenu } from './menu.ts';
import { notifyRunEnded } from './notifications.ts';
import { openFiles } from './open-files.ts';
import type { Openings } from './openings.ts';
import type { Places } from './places.ts';
import { quitSafely } from './quit.ts';
import { openRecentFiles } from './recent.ts';
import { beginRun, registerRequests } from './requests/index.ts';
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
  openings: Openings;
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
  openings,
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
      campaigns.ended(end);
      const isHidden = background.entered;
      background.say(end.text);
      // Who sent the program to the background was promised a word, whatever the settings say.
      if (!isHidden && !settings.get().notifyWhenDone) return;
      const told = notifyRunEnded(end, window(), () => {
        show();
        command(end.resultId === null ? 'open-run' : 'open-result', end.resultId);
      });
      if (isHidden && !told) show();
    },
    later: (callback) => void setTimeout(callback, batchIntervalMs),
    nowMs: Date.now,
  });

  const campaigns = openCampaigns({
    profile: places.profile,
    begin: async ({ application, preset, runtime, measured }) => {
      const known = await host.request('applications:list');
      const found = known.find((one) => one.application.name === application);
      if (found === undefined) throw new Problem('not-found', `There is no application "${application}" any more.`);
      const begin = (start: () => Promise<{ runId: string }>) => beginRun({ recorder, dataFolder }, start);
      if (measured !== null)
        try {
          return await begin(() => host.request('run:continue', measured));
        } catch (error) {
          log('warning', `what was measured of ${preset} cannot be gone on with: ${String(error)}`);
        }
      const experiment = presetOf(preset).build(found.application);
      return begin(() => host.request('run:start', { ...experiment, runtime: runtime ?? experiment.runtime }));
    },
    onChange: (campaign) => events.send('campaign:changed', campaign),
    log,
  });

  await app.whenReady();
  applyTheme(settings.get().theme);
  hardenSession();
  if (isDevelopment) relaxForDevelopment(page.origin);
  else serveApp(path.join(places.out, 'renderer'));

  const open = () => {
    const opened = openWindow(places, page.url, log);
    opened.on('close', (event) => {
      if (quitting.windowMayClose()) return;
      event.preventDefault();
      app.quit();
    });
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      // Going to another page of the window is a navigation, too, after which the same document listens on.
      if (isMainFrame && !isSameDocument) events.pageStarted();
    });
    opened.on('show', () => background.leave());
    opened.on('session-end', () => quitting.cancelAndQuit());
    opened.on('closed', () => setWindow(null));
    reviveWindow(opened, log);
    setWindow(opened);
    return opened;
  };
  // First, because the page's process takes as long to start as all that follows; nothing of it is asked for before this function has ended.
  open();

  const checked = labCheck(places);
  const processOf = (role: HostConfiguration['role'], onCrash: () => void) =>
    openEngineHost({
      serviceName: role === 'reader' ? 'Cleave reader' : 'Cleave engine',
      modulePath: path.join(places.out, 'host', 'index.js'),
      configuration: () => hostConfiguration(role, places, dataFolder(), settings.get()),
      environment: hostEnvironment(places),
      ready: checked,
      on: {
        'engine:changed': (status) => events.send('engine:changed', status),
        'explore:changed': (state) => events.send('explore:changed', state),
        'results:changed': () => {
          events.send('results:changed', null);
          campaigns.stored();
        },
        'experiments:changed': () => events.send('experiments:changed', null),
        'applications:changed': () => events.send('applications:changed', null),
        'run:event': ({ runId, event }) => recorder.record(runId, event),
      },
      expendable: role === 'reader',
      onCrash,
      log,
    });
  const host = processOf('laboratory', () => {
    recorder.interrupt(
      (isKept) =>
        `The engine part of Cleave stopped unexpectedly. ${isKept ? 'The rounds that had finished are kept; the run is listed as interrupted.' : 'Nothing had been measured yet, so there is no result; launch it again.'}`,
    );
    events.send('results:changed', null);
  });
  const reader = processOf('reader', () => undefined);

  settings.onDidChange((next) => {
    applyTheme(next.theme);
    events.send('settings:changed', next);
    const tell = (role: HostConfiguration['role'], target: EngineHost) =>
      target
        .request('host:configure', hostConfiguration(role, places, dataFolder(), next))
        .catch((error: unknown) => log('warning', `the ${role} did not take the settings: ${String(error)}`));
    void tell('laboratory', host);
    if (reader.pid !== null) void tell('reader', reader);
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
    announce: () => command('open-run'),
    cleanUp: async (patienceMs) => {
      await Promise.all([host.stop(patienceMs), reader.stop(patienceMs)]);
    },
    log,
  });

  const background = openBackground({
    icon: path.join(places.out, 'icon.png'),
    show,
    cancelAndQuit: () => quitting.cancelAndQuit(),
    log,
  });

  const requests = openRequests((frame) => originOf(frame.url) === (isDevelopment ? page.origin : appOrigin), log);
  registerRequests({
    requests,
    host,
    reader,
    places,
    settings,
    recorder,
    campaigns,
    events,
    window: () => window() ?? open(),
    dataFolder,
  });
  const opening = openFiles({
    read: (file) => reader.request('files:open', file),
    giveUp: () => reader.replace(),
    show: (name, argument) => {
      show();
      command(name, argument);
    },
    refuse: (refusals) => {
      for (const { name, why } of refusals) log('warning', `${name} was not opened: ${why}`);
      void tellRefused(window() ?? open(), refusals);
    },
    remember: (file) => recent.add(file),
  });
  const recent = openRecentFiles(places.profile, () => showMenu(), log);
  const showMenu = () => {
    setMenu({
      command: (name, argument) => {
        if (window() === null) open();
        command(name, argument);
      },
      recent: recent.list(),
      openFiles: () =>
        void chooseFiles(window() ?? open()).then((files) =>
          opening(files.map((file) => ({ kind: 'file', path: file }))),
        ),
      openRecent: (file) => void opening([{ kind: 'file', path: file }]),
      clearRecent: () => recent.clear(),
      openLogs: () => void shell.openPath(places.logs),
      openDocumentation: () =>
        void openLink('documentation', places.documentation).catch((error: unknown) => log('warning', String(error))),
    });
    enableCancel(recorder.activeRunId !== null, window());
  };
  showMenu();
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' || !recorder.busy) app.quit();
  });
  app.on('activate', () => {
    if (window() === null) open();
    else show();
  });

  openings.follow((some) => void opening(some));
  ipcMain.on('cleave:dropped', (event, paths: unknown) => {
    const dropped = droppedSchema.safeParse(paths);
    if (event.sender !== window()?.webContents || !dropped.success) return;
    void opening(dropped.data.map((file) => ({ kind: 'file', path: file })));
  });
}

/** Looks at the programs beside the archive once, before the first of them is started. */
function labCheck({ packagedLab }: Places): () => Promise<void> {
  let looked: Promise<void> | null = null;
  return () =>
    (looked ??= packagedLab === null ? Promise.resolve() : assertLabUnchanged(packagedLab.folder, packagedLab.hashes));
}

/** Files that somebody dropped onto the window. */
const droppedSchema = z
  .array(
    z
      .string()
      .max(4096)
      .refine((name) => path.isAbsolute(name)),
  )
  .max(50);

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
