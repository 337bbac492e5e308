import type { BrowserWindow } from 'electron';
import type { Campaigns } from '../campaign.ts';
import type { EngineHost } from '../engine-host.ts';
import type { WindowEvents } from '../events.ts';
import type { Requests } from '../ipc.ts';
import type { Places } from '../places.ts';
import type { RunRecorder } from '../run-recorder.ts';
import type { SettingsStore } from '../settings.ts';

/** What the requests of every domain work with. */
export interface Context {
  requests: Requests;
  host: EngineHost;
  /** Reads files from outside, and results while an experiment runs, which it must not disturb. */
  reader: EngineHost;
  places: Places;
  settings: SettingsStore;
  recorder: RunRecorder;
  campaigns: Campaigns;
  events: WindowEvents;
  window: () => BrowserWindow;
  dataFolder: () => string;
}
