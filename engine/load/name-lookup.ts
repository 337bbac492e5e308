import { Resolver, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

const keptMs = 1000;

/** No server has to know `localhost` (RFC 6761, 6.3), and some machines know one of its addresses only; whoever listens there may do so on either. */
const thisMachine: LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Name resolution that blocks nothing, and asks at most once a second for a name that is there, since a unit that restarts may move. Node's own asks in one of four threads: an
 * engine passes names that are not there on to a server that may never answer, and four of those would hold up every other for ten seconds.
 */
export function lookupOf(resolver: Pick<Resolver, 'resolve4'>): LookupFunction {
  const known = new Map<string, { atMs: number; addresses: LookupAddress[] }>();
  return (hostname, options, callback) => {
    const tell = (addresses: LookupAddress[]): void => {
      const [first] = addresses;
      if (options.all === true) callback(null, addresses);
      else callback(null, first?.address ?? '', first?.family);
    };
    if (hostname === 'localhost') {
      process.nextTick(tell, thisMachine);
      return;
    }
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
