import { endpointWeights, type Application } from './application.ts';
import type { Fault } from './fault.ts';
import { own } from './own.ts';
import { basicFaults } from './preset-faults.ts';
import type { Topology } from './topology.ts';

/**
 * The faults that tell cuts apart: a crash, a hang and 200 ms more of the module whose company changes most between them, among equals of the one
 * with the most traffic. Where every module's company changes as much, the faults every comparison begins with. Pure.
 */
export function faultsOfCuts(application: Application, cuts: readonly Topology[]): Fault[] {
  const module = separatedMost(application, cuts);
  if (module === null) return basicFaults(application);
  return [
    { kind: 'crash', module },
    { kind: 'hang', module },
    { kind: 'slow', module, delayMs: 200 },
  ];
}

function separatedMost(application: Application, cuts: readonly Topology[]): string | null {
  const modules = Object.keys(application.modules);
  const homes = cuts.map(
    (cut) => new Map(cut.units.flatMap((unit) => unit.modules.map((module) => [module, unit.name] as const))),
  );
  /** How many others share a unit with the module in one cut and not in another. */
  const changes = (module: string) =>
    modules.filter((other) => new Set(homes.map((home) => home.get(module) === home.get(other))).size > 1).length;
  const targets = modules.filter((module) => module !== application.entry);
  const most = Math.max(0, ...targets.map(changes));
  const found = targets.filter((module) => changes(module) === most);
  if (most === 0 || found.length === targets.length) return null;
  const weights = endpointWeights(application);
  const traffic = (module: string) =>
    Object.entries(application.endpoints).reduce(
      (sum, [name, { needs }]) => sum + (own(needs, module) === undefined ? 0 : (own(weights, name) ?? 0)),
      0,
    );
  return found.reduce((best, next) => (traffic(next) > traffic(best) ? next : best));
}
