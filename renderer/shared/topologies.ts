import { namedTopology, type Application, type ApplicationSummary, type Topology } from '../../engine/model/index.ts';

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
