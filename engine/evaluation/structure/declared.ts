import { requestsPerJourney, type Application } from '../../model/index.ts';

/** One module that calls another, by the declared map. */
export interface DeclaredCall {
  from: string;
  to: string;
  /** Mean calls of a journey; null where modules call each other in a circle, so that no one number follows. */
  callsPerJourney: number | null;
}

/** Who calls whom, and how often a mean journey does: as often as it asks the entry, times the calls that each module makes for one of its own. Pure. */
export function declaredCalls(application: Application): DeclaredCall[] {
  const { modules, entry } = application;
  const all = Object.entries(modules).flatMap(([from, { uses }]) =>
    uses.map(({ module: to, callsPerRequest }) => ({ from, to, callsPerRequest })),
  );
  const received = new Map<string, number | null>();
  const asked = new Set<string>();
  const receivedBy = (module: string): number | null => {
    const found = received.get(module);
    if (found !== undefined) return found;
    // Met again on the way to itself.
    if (asked.has(module)) return null;
    asked.add(module);
    let calls: number | null = module === entry ? requestsPerJourney(application) : 0;
    for (const { from, callsPerRequest } of all.filter(({ to }) => to === module)) {
      const asking = receivedBy(from);
      calls = calls === null || asking === null ? null : calls + asking * callsPerRequest;
    }
    received.set(module, calls);
    return calls;
  };
  return all.map(({ from, to, callsPerRequest }) => {
    const asking = receivedBy(from);
    return { from, to, callsPerJourney: asking === null ? null : asking * callsPerRequest };
  });
}
