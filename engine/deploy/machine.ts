import { databasesOf, decimalFigure, own, plural, type DatabasePlan, type Unit, type Variant } from '../model/index.ts';
import {
  EngineError,
  LEAST_UNIT_MEMORY_BYTES,
  assignCpus,
  assignMemory,
  type CpuAssignment,
  type Runtime,
} from '../runtime/index.ts';

type Stored = Pick<Variant, 'topology' | 'settings'>;

const mostDefaultCpus = 4;
const defaultMemoryBytes = 2 * 2 ** 30;

/** What every deployment of a run gets: the same for each variant. */
export interface MachineShare {
  cpus: CpuAssignment;
  /** How many CPUs there were to share. */
  usableCpus: number;
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
  return { cpus: assignCpus(machine.cpus, cpus), usableCpus: machine.cpus.length, memoryBytes };
}

/** What a server of the store gets of a deployment's budget. */
export interface DatabaseBudget extends DatabasePlan {
  memoryBytes: number;
  /** The most that one instance of a unit may hold at once. */
  connectionsEach: number;
  /** The most that it takes together: room for as many instances again, or eight, which come while old ones go or are added. */
  connections: number;
}

/** All servers together, of the deployment's memory. */
const databaseShare = 1 / 4;
/** Of a server without clients, and of each that it has, bytes. */
const idleServerBytes = 32 * 2 ** 20;
const connectionBytes = 4 * 2 ** 20;
const [leastConnections, mostConnections, leastRoom] = [2, 10, 8];

/** What each server of the store gets: an equal part of a quarter of the memory, and connections for its units' instances as far as that holds them, 2 to 10 each. */
export function databaseBudgets(variant: Stored, memoryBytes: number): DatabaseBudget[] {
  const plans = databasesOf(variant);
  return plans.map((plan) => {
    const bytes = Math.max(LEAST_UNIT_MEMORY_BYTES, Math.floor((memoryBytes * databaseShare) / plans.length));
    const instances = variant.topology.units
      .filter(({ name }) => plan.units.includes(name))
      .reduce((sum, unit) => sum + (unit.instances ?? 1), 0);
    const held = Math.floor((bytes - idleServerBytes) / connectionBytes / instances);
    const connectionsEach = Math.min(mostConnections, Math.max(leastConnections, held));
    const connections = connectionsEach * (instances + Math.max(instances, leastRoom));
    return { ...plan, memoryBytes: bytes, connectionsEach, connections };
  });
}

/**
 * Splits the deployment's memory over the instances of its units by their number of modules, once the servers of the store have their part: what each instance gets, by unit, bytes. Throws
 * EngineError when it is too little for so many.
 */
export function memoryOfUnits(variant: Stored, memoryBytes: number): Record<string, number> {
  const { units } = variant.topology;
  const nameOf = (unit: string, instance: number): string => `${unit}#${instance}`;
  const places = units.flatMap(({ name, modules, instances = 1 }) =>
    Array.from({ length: instances }, (_, instance) => ({ name: nameOf(name, instance), weight: modules.length })),
  );
  const budgets = databaseBudgets(variant, memoryBytes);
  const left = memoryBytes - budgets.reduce((sum, budget) => sum + budget.memoryBytes, 0);
  const short = budgets.length === 0 ? null : shortageOf(variant, memoryBytes);
  if (short !== null) throw tooLittle(memoryBytes, short.what, short.leastBytes);
  const shares = assignMemory(2 * memoryBytes, left, places);
  // Equal shares may differ by a byte, which would look like a difference between instances.
  const smallest = ({ name, instances = 1 }: Unit): number =>
    Math.min(...Array.from({ length: instances }, (_, instance) => own(shares, nameOf(name, instance)) ?? left));
  return Object.fromEntries(units.map((unit) => [unit.name, smallest(unit)]));
}

/** What a deployment is that needs more memory than that, and the least that it needs, bytes; null where it is enough. */
function shortageOf(variant: Stored, memoryBytes: number): { what: string; leastBytes: number } | null {
  const places = variant.topology.units.reduce((sum, { instances = 1 }) => sum + instances, 0);
  const budgets = databaseBudgets(variant, memoryBytes);
  const left = memoryBytes - budgets.reduce((sum, budget) => sum + budget.memoryBytes, 0);
  const least = places * LEAST_UNIT_MEMORY_BYTES;
  if (left >= least) return null;
  if (budgets.length === 0) return { what: plural(places, 'unit'), leastBytes: least };
  return {
    what: `${plural(places, 'unit')} and ${plural(budgets.length, 'server')} of the store`,
    leastBytes: Math.max(least + budgets.length * LEAST_UNIT_MEMORY_BYTES, least / (1 - databaseShare)),
  };
}

function tooLittle(memoryBytes: number, what: string, leastBytes: number): EngineError {
  const least = leastBytes / 2 ** 20;
  const has = decimalFigure(memoryBytes / 2 ** 20, 0, [Math.ceil(least)]);
  return new EngineError('too-much', `Memory of the application: ${has} MiB is too little for ${what}`, {
    nextStep: `Ask for at least ${Math.ceil(least)} MiB.`,
  });
}

/** Throws EngineError where a deployment of some variant needs more memory than that: one sentence with all of them. */
export function assertMemoryHolds(variants: readonly (Stored & Pick<Variant, 'name'>)[], memoryBytes: number): void {
  const short = variants.flatMap((variant) => {
    const shortage = shortageOf(variant, memoryBytes);
    return shortage === null ? [] : [{ name: variant.name, ...shortage }];
  });
  if (short.length === 0) return;
  const [last = '', ...others] = short.map(({ name, what }) => `variant "${name}" (${what})`).toReversed();
  const what = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
  throw tooLittle(memoryBytes, what, Math.max(...short.map(({ leastBytes }) => leastBytes)));
}

/** What each instance of each unit gets, and each server of the store, by name, bytes. Throws EngineError. */
export function memoryShares(variant: Stored, memoryBytes: number): Record<string, number> {
  const servers = databaseBudgets(variant, memoryBytes).map(({ name, memoryBytes: bytes }): [string, number] => [
    name,
    bytes,
  ]);
  return { ...memoryOfUnits(variant, memoryBytes), ...Object.fromEntries(servers) };
}
