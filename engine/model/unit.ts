// Without schemas, so that the window's first page needs none.
import type { Application } from './application.ts';
import { own } from './own.ts';
import type { Topology, Unit } from './topology.ts';

/** More units than that no topology has. */
export const mostUnits = 50;

/** The modules of a unit for whose sake it can have one instance only; empty where it may have several. */
export function writersIn(unit: Unit, application: Application): string[] {
  return unit.modules.filter((module) => own(application.modules, module)?.writes !== false);
}

/** The unit that hosts `module`. Throws when the topology is not a partition that has it. */
export function unitOf(topology: Topology, module: string): Unit {
  const unit = topology.units.find((candidate) => candidate.modules.includes(module));
  if (unit === undefined) throw new Error(`topology "${topology.name}" has no unit with module "${module}"`);
  return unit;
}
