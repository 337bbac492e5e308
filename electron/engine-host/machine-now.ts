import type { Machine } from '../../engine/machine/index.ts';
import type { MachineNow } from '../../engine/model/index.ts';

const lookMs = 1000;

/** Looks for a second at what other programs do to the machine; what Cleave itself uses is left out. */
export async function lookAtMachine(machine: Machine): Promise<MachineNow> {
  const watch = await machine.watchQuietness();
  const { loudest, ownCpuSeconds } = await machine.watchPrograms(lookMs, AbortSignal.timeout(10 * lookMs));
  const { quiet, reasons, foreignCpuShare } = await watch.stop({ ownCpuSeconds });
  return { quiet, reasons, foreignCpuShare, loudest };
}
