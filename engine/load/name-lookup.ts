import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

const KEPT_MS = 1000;
const known = new Map<string, { atMs: number; address: string | LookupAddress[]; family: number | undefined }>();

/** Name resolution that asks at most once a second a name: every one blocks a thread, and a unit that restarts may move. */
export const cachedLookup: LookupFunction = (hostname, options, callback) => {
  const key = `${hostname} ${JSON.stringify(options)}`;
  const kept = known.get(key);
  if (kept !== undefined && performance.now() - kept.atMs < KEPT_MS) {
    process.nextTick(callback, null, kept.address, kept.family);
    return;
  }
  lookup(hostname, options, (error, address, family) => {
    if (error === null) known.set(key, { atMs: performance.now(), address, family });
    callback(error, address, family);
  });
};
