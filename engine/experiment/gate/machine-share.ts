import { databaseBudgets, memoryOfUnits, memoryShares } from '../../deploy/index.ts';
import { decimalFigure, own, type GateCheck, type SeenFacts } from '../../model/index.ts';
import { parseCpuList } from '../../runtime/index.ts';
import { asPlanned } from './as-planned.ts';
import type { GateInputs, VariantFacts } from './facts.ts';
import { check, isDeclared } from './same.ts';

/** A set of CPUs in one way of writing it, whichever way the engine does; empty: held to none. */
function written(list: string): string {
  return list === '' ? '' : parseCpuList(list).join(',') || list;
}

function cpusSeen({ cpus }: SeenFacts): string[] | null {
  return cpus === null ? null : [...new Set(cpus.map(written))].toSorted();
}

/** The same CPUs for all units of every deployment, and those that were planned. */
export function sameCpus(inputs: GateInputs): GateCheck {
  return asPlanned(inputs, {
    ...{ name: 'cpu', title: 'Same total CPU', unlimited: '' },
    planned: ({ cpus }) => cpus?.join(',') ?? null,
    seen: cpusSeen,
    words: (cpus) =>
      cpus.includes('')
        ? `${cpus.length > 1 ? 'some units ' : ''}not held to any CPU`
        : `CPU ${cpus.join(' and ')} for all units of a deployment together`,
  });
}

const mebibytes = (bytes: number): string =>
  bytes === 0 ? 'without a limit' : `${decimalFigure(bytes / 2 ** 20, 0)} MiB`;

/** The same memory for all units of every deployment together, as planned, each with its planned share. */
export function sameMemory(inputs: GateInputs): GateCheck {
  const found = asPlanned(inputs, {
    ...{ name: 'memory', title: 'Same total memory', unlimited: '0' },
    planned: ({ memoryBytes }) => (memoryBytes === null ? null : String(memoryBytes)),
    seen: totalSeen,
    unlike: (seen, facts) => memoryUnlikeItsShare(seen, facts),
    words: ([bytes]) =>
      bytes === '0' ? mebibytes(0) : `${mebibytes(Number(bytes))} for all units of a deployment together`,
  });
  const surge = surgeInWords(inputs);
  return surge === null ? found : { ...found, detail: `${found.detail}; ${surge}` };
}

/** The limits of all units together; the total that was planned where they add up to what its equal shares leave of it, a few bytes less. */
function totalSeen({ memoryBytes: seen }: SeenFacts, { memoryBytes: planned, variant }: VariantFacts): string[] | null {
  if (seen === null || planned === null) return seen === null ? null : [String(seen)];
  const shares = memoryOfUnits(variant, planned);
  const ofServers = databaseBudgets(variant, planned).reduce((sum, { memoryBytes }) => sum + memoryBytes, 0);
  const shared = variant.topology.units.reduce(
    (sum, { name, instances = 1 }) => sum + instances * (own(shares, name) ?? 0),
    ofServers,
  );
  return [String(seen === shared ? planned : seen)];
}

/** What a deployment has beside its memory while an old instance still runs beside the new one; null where none does. */
function surgeInWords({ strategy = null, variants }: GateInputs): string | null {
  switch (strategy) {
    case null:
    case 'recreate':
      return null;
    case 'blue-green':
      return 'as much again while a release is switched over';
    case 'rolling': {
      const most = variants.flatMap(({ variant, memoryBytes }) =>
        memoryBytes === null ? [] : [Math.max(...Object.values(memoryOfUnits(variant, memoryBytes)))],
      );
      return most.length === 0
        ? null
        : `while a release replaces a unit one instance more of it, at most ${mebibytes(Math.max(...most))}`;
    }
    default:
      return strategy satisfies never;
  }
}

function memoryUnlikeItsShare({ memoryByUnit }: SeenFacts, { memoryBytes, variant }: VariantFacts): string | null {
  if (memoryByUnit === null || memoryBytes === null) return null;
  const shares = memoryShares(variant, memoryBytes);
  const unlike = Object.entries(memoryByUnit).filter(([unit, bytes]) => own(shares, unit) !== bytes);
  if (unlike.length === 0) return null;
  return unlike
    .map(
      ([unit, bytes]) =>
        `unit "${unit}" ${bytes === 0 ? 'is' : 'has'} ${mebibytes(bytes)}, planned: ${mebibytes(own(shares, unit) ?? 0)}`,
    )
    .join(', ');
}

/** The generator's planned CPUs against those that the units were seen on, or before they run are to be on. */
export function generatorApart(inputs: GateInputs): GateCheck {
  const [name, title] = ['generator-cpu', "Load generator and engine off the application's CPUs"];
  const outcomes = inputs.variants.map((facts) => {
    const cpus = cpusInUse(facts);
    return {
      variant: facts.variant.name,
      known: cpus !== null && facts.generatorCpus !== null,
      shared: (facts.generatorCpus ?? []).filter((cpu) => cpus === 'all' || cpus?.has(cpu)),
    };
  });
  const shared = outcomes.filter((outcome) => outcome.shared.length > 0);
  if (shared.length === 0) {
    if (outcomes.every(({ known }) => known)) return check(name, title, { status: 'pass', detail: 'they share none' });
    const held = inputs.variants.every(({ cpus, generatorCpus }) => cpus !== null && generatorCpus !== null);
    const detail = held
      ? 'which CPUs the units are on cannot be told here'
      : 'this runtime cannot hold programs to CPUs';
    return check(name, title, { status: 'unknown', detail });
  }
  const detail = `CPU ${[...new Set(shared.flatMap((outcome) => outcome.shared))].join(', ')} is used by both (${shared.map((outcome) => outcome.variant).join(', ')})`;
  if (inputs.machineCpus < 2)
    return check(name, title, { status: 'declared', detail: `${detail}; there is no second one to be had` });
  return check(name, title, { status: isDeclared(inputs, name) ? 'declared' : 'fail', detail });
}

/** Who is held to no CPU may be on all, whichever numbers they have; null: it cannot be told. */
function cpusInUse({ cpus, seen }: VariantFacts): Set<number> | 'all' | null {
  if (seen === null) return cpus === null ? null : new Set(cpus);
  const shown = cpusSeen(seen);
  if (shown === null) return null;
  return shown.includes('') ? 'all' : new Set(shown.flatMap(parseCpuList));
}
