import { every, type Clock } from '../../clock/index.ts';
import type { HostState, Machine } from '../../machine/index.ts';
import { decimalFigure } from '../../model/index.ts';

const lookEveryMs = 250;
const leastFreeBytes = 128 * 2 ** 20;
const leastFreeShare = 0.02;
const mostLoopLagMs = 3000;

/** Why faults must end now for the machine's sake, one clause; null when it is well. */
export function hostSuffers({ availableMemoryBytes, totalMemoryBytes, loopLagMs }: HostState): string | null {
  const floor = Math.max(leastFreeBytes, leastFreeShare * totalMemoryBytes);
  if (availableMemoryBytes !== null && availableMemoryBytes < floor) {
    return `the machine has only ${mebibytes(availableMemoryBytes)} MiB of memory left (at least ${mebibytes(floor)} are kept free)`;
  }
  if (loopLagMs > mostLoopLagMs) {
    return `the laboratory itself stood still for ${decimalFigure(loopLagMs / 1000, 1, [mostLoopLagMs / 1000])} s (at most ${mostLoopLagMs / 1000} s are accepted)`;
  }
  return null;
}

/** Looks four times a second and calls back once, when the machine suffers. The returned function ends it. */
export function watchHost(
  { clock, machine }: { clock: Clock; machine: Machine },
  onSuffering: (reason: string) => void,
): () => void {
  const state = machine.watchState();
  const stop = (): void => {
    forget();
    state.stop();
  };
  const forget = every(clock, lookEveryMs, () => {
    const reason = hostSuffers(state.look());
    if (reason === null) return;
    stop();
    onSuffering(reason);
  });
  return stop;
}

const mebibytes = (bytes: number): string => decimalFigure(bytes / 2 ** 20, 0);
