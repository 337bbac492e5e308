import { own, unitOf, type Application, type ReleaseOrder, type Topology } from '../model/index.ts';

export const releaseOrders: readonly ReleaseOrder[] = ['providers-first', 'callers-first'];

/** Units such that each comes behind those that it calls, or the other way round; where units call each other in a circle, in that of the topology. */
export function inOrder(topology: Topology, application: Application, order: ReleaseOrder): string[] {
  const done: string[] = [];
  const begun = new Set<string>();
  const visit = (unit: string): void => {
    if (begun.has(unit)) return;
    begun.add(unit);
    const modules = topology.units.find(({ name }) => name === unit)?.modules ?? [];
    for (const module of modules)
      for (const { module: used } of own(application.modules, module)?.uses ?? []) visit(unitOf(topology, used).name);
    done.push(unit);
  };
  for (const { name } of topology.units) visit(name);
  return order === 'providers-first' ? done : done.toReversed();
}
