import {
  callsInCut,
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
  const calls = callsInCut(application, topology);
  return { remote: calls.filter(({ crosses }) => crosses).length, all: calls.length };
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
