import { own, unitOf, type Application, type Topology } from '../model/index.ts';

/**
 * The units of a change in layers, so that each calls contracts that the change alters in layers before its own only (those that call each other in a circle by their order in the
 * topology): what can be there while what comes after it is not. One layer: no two versions can meet. `altered`: modules whose contracts are others by the change. Pure.
 */
export function layersOf(
  application: Application,
  topology: Topology,
  { changedUnits, altered }: { changedUnits: readonly string[]; altered: readonly string[] },
): string[][] {
  const layerOf = new Map<string, number>();
  const begun = new Set<string>();
  const find = (unit: string): number => {
    const known = layerOf.get(unit);
    if (known !== undefined) return known;
    begun.add(unit);
    const below = alteredUnitsCalledBy(application, topology, unit, altered).filter(
      (callee) => changedUnits.includes(callee) && (layerOf.has(callee) || !begun.has(callee)),
    );
    const layer = Math.max(-1, ...below.map(find)) + 1;
    layerOf.set(unit, layer);
    return layer;
  };
  const inTopology = topology.units.map(({ name }) => name).filter((name) => changedUnits.includes(name));
  for (const unit of inTopology) find(unit);
  const layers = Array.from({ length: Math.max(-1, ...layerOf.values()) + 1 }, (_, layer) =>
    inTopology.filter((unit) => layerOf.get(unit) === layer),
  );
  return layers.filter((layer) => layer.length > 0);
}

/**
 * Units that call what a change alters in another unit and do not become another program by it, as those in another language, or with a client written by hand: they meet the new contract with what they know
 * of the old one, however the change goes out. In the topology's order. Pure.
 */
export function leftBehind(
  application: Application,
  topology: Topology,
  { changedUnits, altered }: { changedUnits: readonly string[]; altered: readonly string[] },
): string[] {
  const others = topology.units.map(({ name }) => name).filter((name) => !changedUnits.includes(name));
  return others.filter((unit) =>
    alteredUnitsCalledBy(application, topology, unit, altered).some((callee) => changedUnits.includes(callee)),
  );
}

function alteredUnitsCalledBy(
  application: Application,
  topology: Topology,
  unit: string,
  altered: readonly string[],
): string[] {
  const modules = topology.units.find(({ name }) => name === unit)?.modules ?? [];
  const used = modules.flatMap((module) => own(application.modules, module)?.uses.map((one) => one.module) ?? []);
  const callees = used.filter((module) => altered.includes(module)).map((module) => unitOf(topology, module).name);
  return [...new Set(callees)].filter((callee) => callee !== unit);
}
