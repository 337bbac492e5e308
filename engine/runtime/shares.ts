import { decimalFigure, plural } from '../model/index.ts';
import { EngineError } from './errors.ts';
import type { CpuAssignment } from './types.ts';

/** Least memory a unit can be given, bytes: a Node process with a small application in it. */
export const LEAST_UNIT_MEMORY_BYTES = 64 * 1024 * 1024;

/**
 * Shares the machine's CPUs out: the application gets `wanted` of them, the load generator and the engine the others. On a machine with one
 * CPU both share it.
 * @param available number of CPUs, or their numbers where only some may be used
 * @throws EngineError `too-much` when that leaves no CPU over, or `wanted` is not a whole number of at least 1
 */
export function assignCpus(available: number | readonly number[], wanted: number): CpuAssignment {
  const cpus =
    typeof available === 'number'
      ? Array.from({ length: available }, (_, cpu) => cpu)
      : [...available].sort((a, b) => a - b);
  if (cpus.length === 0) throw new EngineError('too-much', 'There is no CPU to give to the application');
  const most = Math.max(1, cpus.length - 1);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > most) {
    throw new EngineError(
      'too-much',
      `CPUs of the application: ${wanted} is not possible here; allowed: 1 to ${most} of ${cpus.length}`,
      {
        nextStep: 'One CPU is kept for the load generator and the engine; ask for fewer.',
      },
    );
  }
  if (cpus.length === 1) return { application: cpus, generator: cpus };
  // The generator takes the first ones: interrupts and the engine's own work tend to be there already.
  const split = cpus.length - wanted;
  return { application: cpus.slice(split), generator: cpus.slice(0, split) };
}

/**
 * Splits `totalBytes` over units by weight (the number of modules, say), to the byte, none below 64 MiB.
 * @throws EngineError `too-much` when the total is more than half the machine's memory, or too little for so many units
 */
export function assignMemory(
  machineBytes: number,
  totalBytes: number,
  units: readonly { name: string; weight: number }[],
): Record<string, number> {
  const mebibytes = (bytes: number, beside = 0): string =>
    `${decimalFigure(bytes / 2 ** 20, 0, beside > 0 ? [beside] : [])} MiB`;
  const most = Math.floor(machineBytes / 2 / 2 ** 20);
  if (!Number.isFinite(totalBytes) || totalBytes > machineBytes / 2) {
    throw new EngineError(
      'too-much',
      `Memory of the application: ${mebibytes(totalBytes, most)} is more than half of this machine's ${mebibytes(machineBytes)}`,
      {
        nextStep: `Ask for at most ${most} MiB.`,
      },
    );
  }
  const total = Math.floor(totalBytes);
  const least = units.length * LEAST_UNIT_MEMORY_BYTES;
  const leastMebibytes = Math.ceil(least / 2 ** 20);
  if (total < least) {
    throw new EngineError(
      'too-much',
      `Memory of the application: ${mebibytes(total, leastMebibytes)} is too little for ${plural(units.length, 'unit')}`,
      {
        nextStep: `Ask for at least ${leastMebibytes} MiB.`,
      },
    );
  }
  const weightSum = units.reduce((sum, unit) => sum + unit.weight, 0);
  const spare = total - least;
  const shares: Record<string, number> = {};
  let given = 0;
  let weightSoFar = 0;
  for (const unit of units) {
    weightSoFar += unit.weight;
    // Cumulative rounding: the shares add up to the total exactly.
    const upTo = weightSum > 0 ? Math.round((spare * weightSoFar) / weightSum) : 0;
    shares[unit.name] = LEAST_UNIT_MEMORY_BYTES + (upTo - given);
    given = upTo;
  }
  return shares;
}
