import { assertMemoryHolds, shareMachine, type MachineShare } from '../deploy/index.ts';
import { decimalFigure, type Experiment } from '../model/index.ts';
import type { Runtime } from '../runtime/index.ts';

/** More deployments than this would stand still for longer than connections stay open without use. */
const mostDeployments = 3;

/** Whether the deployments of a block stand side by side, so that their windows can follow each other in seconds, and why or why not; `words` is null where no windows are asked for. */
export interface SideBySide {
  inTurns: boolean;
  words: string | null;
}

/**
 * Shares the machine for the experiment. Where windows are asked for, the deployments of a block get half of the memory together (2 GiB each at most, or what was asked
 * for), if they can stand side by side; where they cannot, each gets what it would have alone. Throws EngineError when the machine holds not even one.
 */
export async function shareForBlocks(
  runtime: Runtime,
  experiment: Experiment,
  signal: AbortSignal,
): Promise<{ machine: MachineShare; side: SideBySide }> {
  const { resources, variants, noiseFloor, probes } = experiment;
  const alone = await shareMachine(runtime, resources, 1, signal);
  assertMemoryHolds(variants, alone.memoryBytes);
  if ((probes.latency.windows ?? null) === null) return { machine: alone, side: { inTurns: false, words: null } };
  const apart = (why: string) => ({
    machine: alone,
    side: { inTurns: false, words: `one after another, each loaded in one piece: ${why}` },
  });
  const places = variants.length + Number(noiseFloor);
  if (places === 1) return apart('there is one deployment only');
  if (places > mostDeployments)
    return apart(
      `${places} deployments would wait too long for each other; at most ${mostDeployments} are loaded in turn`,
    );
  if (!runtime.capabilities.pause) return apart('this runtime cannot hold a deployment still');
  try {
    const machine = await shareMachine(runtime, resources, places, signal);
    assertMemoryHolds(variants, machine.memoryBytes);
    const mebibytes = decimalFigure(machine.memoryBytes / 2 ** 20, 0);
    const { lengthMs = 0 } = probes.latency.windows ?? {};
    const words = `${places} deployments side by side with ${mebibytes} MiB each, loaded in windows of ${decimalFigure(lengthMs / 1000, 1)} s in turn, those that wait held still`;
    return { machine, side: { inTurns: true, words } };
  } catch (error) {
    if (signal.aborted) throw error;
    return apart(`the memory does not hold ${places} of them`);
  }
}
