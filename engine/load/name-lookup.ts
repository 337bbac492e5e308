import { lookup, Resolver, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

const keptMs = 1000;

/**
 * Name resolution that blocks nothing, and asks at most once a second for a name that is there, since a unit that restarts may move. Node's own asks in one of four threads: an
 * engine passes names that are not there on to a server that may never answer, and four of those would hold up every other for ten seconds.
 */
export function lookupOf(resolver: Pick<Resolver, 'resolve4'>): LookupFunction {
  const known = new Map<string, { atMs: number; addresses: LookupAddress[] }>();
  return (hostname, options, callback) => {
    // No server has to know it.
    if (hostname === 'localhost') {
      lookup(hostname, options, callback);
      return;
    }
    const tell = (addresses: LookupAddress[]): void => {
      const [first] = addresses;
      if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    };
    const kept = known.get(hostname);
    if (kept !== undefined && performance.now() - kept.atMs < keptMs) {
      process.nextTick(tell, kept.addresses);
      return;
    }
    resolver.resolve4(hostname, (error, found) => {
      if (error !== null) {
        callback(error, options.all === true ? [] : '');
        return;
      }
      const addresses = found.map((address) => ({ address, family: 4 }));
      known.set(hostname, { atMs: performance.now(), addresses });
      tell(addresses);
    });
  };
}

/** One try: on the way to an engine's own name server nothing gets lost. */
export const cachedLookup = lookupOf(new Resolver({ timeout: 1000, tries: 1 }));
