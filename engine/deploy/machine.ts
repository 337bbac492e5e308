import { own, type Topology, type Unit } from '../model/index.ts';
import { assignCpus, assignMemory, type CpuAssignment, type Runtime } from '../runtime/index.ts';

const mostDefaultCpus = 4;
const defaultMemoryBytes = 2 * 2 ** 30;

/** What every deployment of a run gets: the same for each variant. */
export interface MachineShare {
  cpus: CpuAssignment;
  /** All units of a deployment together, bytes. */
  memoryBytes: number;
}

/**
 * Shares the machine: what was asked for, else half of the CPUs (at most 4) and 2 GiB (at most half of the memory). `together`: deployments that stand side by side, which
 * share that half; the CPUs they use in turn. Throws EngineError when more was asked for than there is.
 */
export async function shareMachine(
  runtime: Runtime,
  wanted: { cpus: number | null; memoryBytes: number | null },
  together = 1,
  signal?: AbortSignal,
): Promise<MachineShare> {
  const machine = await runtime.resources(signal);
  const cpus = wanted.cpus ?? Math.max(1, Math.min(mostDefaultCpus, Math.floor(machine.cpus.length / 2)));
  const memoryBytes =
    wanted.memoryBytes ?? Math.min(defaultMemoryBytes, Math.floor(machine.memoryBytes / 2 / together));
  // Asked for one unit here, so that too much is refused before anything is built.
  assignMemory(machine.memoryBytes, together * memoryBytes, [{ name: 'all', weight: 1 }]);
  return { cpus: assignCpus(machine.cpus, cpus), memoryBytes };
}

/** Splits the deployment's memory over the instances of its units by their number of modules: what each instance gets, by unit, bytes. Throws EngineError when it is too little for so many. */
export function memoryOfUnits(topology: Topology, memoryBytes: number): Record<string, number> {
  const nameOf = (unit: string, instance: number): string => `${unit}#${instance}`;
  const shares = assignMemory(
    2 * memoryBytes,
    memoryBytes,
    topology.units.flatMap(({ name, modules, instances = 1 }) =>
      Array.from({ length: instances }, (_, instance) => ({ name: nameOf(name, instance), weight: modules.length })),
    ),
  );
  // Equal shares may differ by a byte, which would look like a difference between instances.
  const least = ({ name, instances = 1 }: Unit): number =>
    Math.min(...Array.from({ length: instances }, (_, instance) => own(shares, nameOf(name, instance)) ?? memoryBytes));
  return Object.fromEntries(topology.units.map((unit) => [unit.name, least(unit)]));
}
