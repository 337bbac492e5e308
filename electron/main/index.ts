import { app, type BrowserWindow } from 'electron';
import { appOrigin, appUrl, registerAppScheme } from './app-protocol.ts';
import { endOnUncaught } from './crash.ts';
import { debuggingSwitch, isDrivable } from './debugging.ts';
import { startDesktop } from './desktop.ts';
import { hardenEverything } from './hardening.ts';
import { openLog } from './log.ts';
import { collectOpenings } from './openings.ts';
import { layOutPlaces } from './places.ts';
import { becomeOnlyInstance } from './single-instance.ts';

const places = layOutPlaces();
const log = openLog(places.logs);
let window: BrowserWindow | null = null;

function show(): void {
  if (window === null) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

const openings = collectOpenings();
endOnUncaught(log);
const refused =
  app.isPackaged && !isDrivable() ? debuggingSwitch((name) => app.commandLine.hasSwitch(name)) : undefined;
if (refused !== undefined) {
  process.stderr.write(`cleave: --${refused} is refused: nobody looks into a released program.\n`);
  app.exit(1);
}
registerAppScheme();
hardenEverything(log);

const developmentUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];

// While developing, a changed main process starts before the old one has cleaned up and left.
if (developmentUrl !== undefined || becomeOnlyInstance(show)) {
  log('info', `Cleave ${app.getVersion()} starts, Electron ${process.versions.electron} on ${process.platform}`);
  startDesktop({
    places,
    log,
    page:
      developmentUrl === undefined
        ? { url: appUrl, origin: appOrigin }
        : { url: developmentUrl, origin: new URL(developmentUrl).origin },
    isDevelopment: developmentUrl !== undefined,
    window: () => window,
    show,
    openings,
    setWindow: (next) => {
      window = next;
    },
  }).catch((error: unknown) => {
    log(
      'error',
      `the program could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    app.exit(1);
  });
} else {
  app.quit();
}
