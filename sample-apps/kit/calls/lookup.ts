import { lookup as inThread, Resolver } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** One try: on the way to an engine's own name server nothing gets lost. */
const resolver = new Resolver({ timeout: 1000, tries: 1 });

/**
 * Name resolution that blocks nothing. Node's own asks in one of four threads: while a unit is down an engine passes its name on to a server that may never answer, and four
 * callers of that unit would hold up the calls to every other for ten seconds.
 */
export const lookup: LookupFunction = (hostname, options, callback) => {
  // No server has to know it.
  if (hostname === 'localhost') {
    inThread(hostname, options, callback);
    return;
  }
  resolver.resolve4(hostname, (error, found) => {
    if (error !== null) callback(error, options.all === true ? [] : '');
    else if (options.all === true)
      callback(
        null,
        found.map((address) => ({ address, family: 4 })),
      );
    else callback(null, found[0] ?? '', 4);
  });
};
