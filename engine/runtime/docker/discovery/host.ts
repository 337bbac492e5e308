import { readFile, realpath } from 'node:fs/promises';
import { homeHere, inTime } from '../../../files/index.ts';

/** What discovery may know of the machine; injected so that each platform can be tested on any. */
export interface DiscoveryHost {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** Empty where there is none. */
  homeDir: string;
  uid: number | null;
  /** Text of a file; null when it cannot be read. */
  readText(file: string): Promise<string | null>;
  /** Where a path leads through all links; itself where that cannot be told. */
  realPath(file: string): Promise<string>;
}

/** The machine this runs on. */
export function thisHost(overrides: Partial<DiscoveryHost> = {}): DiscoveryHost {
  return {
    env: process.env,
    platform: process.platform,
    homeDir: homeHere(),
    uid: process.getuid?.() ?? null,
    readText: (file) => inTime(readFile(file, 'utf8')).catch(() => null),
    realPath: (file) => inTime(realpath(file)).catch(() => file),
    ...overrides,
  };
}
