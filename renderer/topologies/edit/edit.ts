import {
  languageOf,
  mostInstancesByHand,
  mostUnits,
  namePattern,
  nameRule,
  withLanguage,
  type Language,
  type Topology,
  type Unit,
} from '../../../engine/model/index.ts';

/** A change to a cut. Every one keeps it one that can be deployed: each module stays in exactly one unit, and no unit is empty. */
export type Edit =
  | { kind: 'move'; module: string; unit: string }
  /** Puts the module into a unit of its own. */
  | { kind: 'split'; module: string }
  /** Puts every module of a unit into a unit of its own. */
  | { kind: 'scatter'; unit: string }
  | { kind: 'merge'; from: string; into: string }
  | { kind: 'rename'; unit: string; name: string }
  | { kind: 'instances'; unit: string; instances: number }
  /** One of those that the module is written in. */
  | { kind: 'language'; module: string; language: Language };

/** Applies the edit; returns the same topology when it changes nothing or is not possible. How many instances a unit that writes may have is for the store to say, with which a cut is deployed. */
export function applyEdit(topology: Topology, edit: Edit): Topology {
  switch (edit.kind) {
    case 'move':
      return move(topology, edit.module, edit.unit);
    case 'split':
      return split(topology, edit.module);
    case 'scatter': {
      const unit = topology.units.find((one) => one.name === edit.unit);
      return unit === undefined ? topology : unit.modules.slice(1).reduce(split, topology);
    }
    case 'merge':
      return merge(topology, edit.from, edit.into);
    case 'rename':
      return rename(topology, edit.unit, edit.name);
    case 'instances':
      return setInstances(topology, edit.unit, edit.instances);
    case 'language':
      return setLanguage(topology, edit.module, edit.language);
  }
}

/** Why a unit cannot have that name, as one sentence; null when it can. */
export function unitNameProblem(topology: Topology, unit: string, name: string): string | null {
  if (!namePattern.test(name)) return `The name ${nameRule}.`;
  if (topology.units.some((other) => other.name === name && other.name !== unit))
    return `Another unit is already named "${name}".`;
  return null;
}

function move(topology: Topology, module: string, target: string): Topology {
  const from = homeOf(topology, module);
  const to = topology.units.find((unit) => unit.name === target);
  if (from === undefined || to === undefined || from === to) return topology;
  const units = topology.units.map((unit) => {
    if (unit === from) return { ...unit, modules: unit.modules.filter((one) => one !== module) };
    return unit === to ? withModules(unit, [...unit.modules, module]) : unit;
  });
  return { ...topology, units: units.filter((unit) => unit.modules.length > 0) };
}

function split(topology: Topology, module: string): Topology {
  const from = homeOf(topology, module);
  if (from === undefined || from.modules.length === 1 || topology.units.length >= mostUnits) return topology;
  const rest: Unit = { ...from, modules: from.modules.filter((one) => one !== module) };
  const unit: Unit = { name: freeName(topology, module), modules: [module] };
  return { ...topology, units: topology.units.flatMap((one) => (one === from ? [rest, unit] : [one])) };
}

function merge(topology: Topology, fromName: string, intoName: string): Topology {
  const from = topology.units.find((unit) => unit.name === fromName);
  const into = topology.units.find((unit) => unit.name === intoName);
  if (from === undefined || into === undefined || from === into) return topology;
  const units = topology.units.filter((unit) => unit !== from);
  return {
    ...topology,
    units: units.map((unit) => (unit === into ? withModules(unit, [...unit.modules, ...from.modules]) : unit)),
  };
}

function rename(topology: Topology, unit: string, name: string): Topology {
  const target = topology.units.find((one) => one.name === unit);
  if (target === undefined || target.name === name || unitNameProblem(topology, unit, name) !== null) return topology;
  return { ...topology, units: topology.units.map((one) => (one === target ? { ...one, name } : one)) };
}

function setInstances(topology: Topology, name: string, instances: number): Topology {
  const unit = topology.units.find((one) => one.name === name);
  if (unit === undefined || !Number.isInteger(instances) || instances < 1) return topology;
  const before = unit.instances ?? 1;
  // One that came with more may have fewer.
  if (instances === before || instances > Math.max(mostInstancesByHand, before)) return topology;
  return { ...topology, units: topology.units.map((one) => (one === unit ? withInstances(unit, instances) : one)) };
}

/** One is written as nothing, as in cuts that never had several. */
function withInstances(unit: Unit, instances: number): Unit {
  const { instances: _, ...rest } = unit;
  return { ...rest, ...(instances === 1 ? {} : { instances }) };
}

/** Several modules share a process, and another language than TypeScript has only one of them. */
function withModules(unit: Unit, modules: string[]): Unit {
  const { language: _, ...rest } = unit;
  return { ...rest, modules };
}

function setLanguage(topology: Topology, module: string, language: Language): Topology {
  const unit = homeOf(topology, module);
  if (unit === undefined || unit.modules.length > 1 || languageOf(unit) === language) return topology;
  return withLanguage(topology, module, language);
}

function homeOf(topology: Topology, module: string): Unit | undefined {
  return topology.units.find((unit) => unit.modules.includes(module));
}

/** `wanted`, or `wanted-2`, `wanted-3`... when a unit has it already. */
function freeName(topology: Topology, wanted: string): string {
  const taken = new Set(topology.units.map((unit) => unit.name));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const name = `${wanted.slice(0, 36)}-${number}`;
    if (!taken.has(name)) return name;
  }
}
