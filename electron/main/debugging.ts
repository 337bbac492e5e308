import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';

/** Options that let another program look into this one and drive it. */
const debugging = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
];

/** The first option of a command line that a released program refuses; undefined where there is none. */
export function debuggingSwitch(hasSwitch: (name: string) => boolean): string | undefined {
  return debugging.find(hasSwitch);
}

/** Whether the archive says that tests drive this program: a packaged one whose archive they made says so, a released one never. */
export function isDrivable(): boolean {
  try {
    const about: unknown = JSON.parse(readFileSync(path.join(app.getAppPath(), 'package.json'), 'utf8'));
    return typeof about === 'object' && about !== null && 'drivenByTests' in about && about.drivenByTests === true;
  } catch {
    return false;
  }
}
