import {
  namedTopology,
  unitsOfFault,
  type Application,
  type ApplicationSummary,
  type Fault,
  type Topology,
} from '../../engine/model/index.ts';

/** The cuts that come with the application. */
export function builtInTopologies(application: Application): Topology[] {
  return Object.keys(application.topologies).flatMap((name) => namedTopology(application, name) ?? []);
}

/** Every cut of an application: its own, then the saved ones. */
export function topologiesOf(summary: ApplicationSummary): Topology[] {
  return [...builtInTopologies(summary.application), ...summary.savedTopologies];
}

/** Calls of the declared map that cross from one unit to another, and how many there are in all. */
export function callCounts(application: Application, topology: Topology): { remote: number; all: number } {
  const home = new Map(topology.units.flatMap((unit) => unit.modules.map((module) => [module, unit.name] as const)));
  let remote = 0;
  let all = 0;
  for (const [name, module] of Object.entries(application.modules)) {
    for (const dependency of module.uses) {
      all += 1;
      if (home.get(name) !== home.get(dependency.module)) remote += 1;
    }
  }
  return { remote, all };
}

/** How many instances the unit has in which a fault is done, in the cut in which it has most; 1 where a cut does not know the fault's modules. Pure. */
export function mostInstancesHit(fault: Fault, cuts: readonly Topology[], application: Application): number {
  const { entry } = application;
  const meant = fault.kind === 'partition' ? [fault.module, fault.peer ?? entry, entry] : [fault.module];
  const knows = ({ units }: Topology): boolean =>
    meant.every((module) => units.some(({ modules }) => modules.includes(module)));
  const counts = cuts.filter(knows).map((cut) => {
    const [hit] = unitsOfFault(fault, cut, application);
    return cut.units.find(({ name }) => name === hit)?.instances ?? 1;
  });
  return Math.max(1, ...counts);
}
