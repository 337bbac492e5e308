import type { BrokenChoice, Candidate } from './candidate.ts';
import type { DiscoveryHost } from './host.ts';

/** Those that lead to a place of their own, in their order: /var/run is a link on most systems, and the default socket often one to Docker Desktop's. */
export async function eachOnce(
  candidates: readonly (Candidate | BrokenChoice)[],
  host: DiscoveryHost,
): Promise<(Candidate | BrokenChoice)[]> {
  const places = await Promise.all(candidates.map((one) => placeOf(one, host)));
  return candidates.filter((_, at) => places[at] === null || places.indexOf(places[at] ?? null) === at);
}

async function placeOf(one: Candidate | BrokenChoice, host: DiscoveryHost): Promise<string | null> {
  if ('problem' in one) return null;
  const socket = one.address.replace(/^unix:\/\//, '');
  return socket.startsWith('/') ? host.realPath(socket) : one.address;
}
