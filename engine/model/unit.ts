// Without schemas, so that the window's first page needs none.
import type { Application } from './application.ts';
import { own } from './own.ts';
import type { Topology, Unit } from './topology.ts';

/** More units than that no topology has. */
export const mostUnits = 50;

/** Whether instances of a unit that writes can share a store: a server that all of them ask, not a file in one of them. */
export function isShared(store: string): boolean {
  return store !== 'sqlite';
}

/** The modules of a unit for whose sake it can have one instance only where the store is a file; empty where it may have several in any. */
export function writersIn(unit: Unit, application: Application): string[] {
  return unit.modules.filter((module) => own(application.modules, module)?.writes !== false);
}

/** The unit that hosts `module`. Throws when the topology is not a partition that has it. */
export function unitOf(topology: Topology, module: string): Unit {
  const unit = topology.units.find((candidate) => candidate.modules.includes(module));
  if (unit === undefined) throw new Error(`topology "${topology.name}" has no unit with module "${module}"`);
  return unit;
}
