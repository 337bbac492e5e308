import type { HopEdge } from '../../model/index.ts';
import type { Part } from './coupling.ts';

/**
 * Service interface usage cohesion, SIUC (Perepletchikov, Ryan and Frampton 2007): operations that each client was seen to use, added over the clients, / (clients x operations of the contract). 1: every client uses
 * all of it. `edges`: what was seen of calls. Null where that cannot be told: the operations are not known, there is no client, or one of them was never seen to call.
 */
export function usageCohesion(
  part: Part,
  clients: readonly Part[],
  operations: ReadonlyMap<string, readonly string[]>,
  edges: readonly Pick<HopEdge, 'from' | 'to' | 'operation'>[],
): number | null {
  const offered = new Set<string>();
  for (const module of part.modules) {
    const of = operations.get(module);
    if (of === undefined) return null;
    for (const operation of of) offered.add(key(module, operation));
  }
  if (offered.size === 0 || clients.length === 0) return null;
  let used = 0;
  for (const { modules } of clients) {
    const seen = new Set(
      edges
        .filter(({ from, to }) => modules.includes(from) && part.modules.includes(to))
        .map(({ to, operation }) => key(to, operation)),
    );
    if (seen.size === 0 || [...seen].some((operation) => !offered.has(operation))) return null;
    used += seen.size;
  }
  return used / (clients.length * offered.size);
}

const key = (module: string, operation: string): string => `${module}\n${operation}`;
