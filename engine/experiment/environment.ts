import type { Laboratory, MachineShare } from '../deploy/index.ts';
import type { Environment } from '../model/index.ts';
import type { Runtime } from '../runtime/index.ts';

export interface EnvironmentInputs {
  laboratory: Laboratory;
  runtime: Runtime;
  runtimeReason: string;
  machine: MachineShare;
  sourceHash: string;
  signal: AbortSignal;
}

/** The machine, the engine and the versions, as they go into the result. No user or host names. */
export async function describeEnvironment(inputs: EnvironmentInputs): Promise<Environment> {
  const { laboratory, runtime } = inputs;
  const { cpus, usableCpus, memoryBytes } = inputs.machine;
  const facts = laboratory.machine.facts();
  const below = await runtime.inspect(inputs.signal);
  return {
    cleaveVersion: laboratory.version,
    runtime: runtime.kind,
    runtimeReason: inputs.runtimeReason,
    ...below,
    ...facts,
    ...(usableCpus < facts.cpus ? { usableCpus } : {}),
    applicationCpus: runtime.capabilities.cpuPinning ? cpus.application : null,
    generatorCpus: runtime.capabilities.cpuPinning ? cpus.generator : null,
    applicationMemoryBytes: runtime.capabilities.memoryLimit ? memoryBytes : null,
    sourceHash: inputs.sourceHash,
    sourceCommit: laboratory.sourceCommit,
    sourceDirty: laboratory.sourceDirty ?? null,
  };
}
