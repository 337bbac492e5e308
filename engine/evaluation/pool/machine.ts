import type { Environment } from '../../model/index.ts';
import { machineOf } from '../claims/index.ts';

/**
 * Which machine a result is of, as one line: processor, number of CPUs, memory in whole GiB (systems tell a little less than there is), platform and how units ran. Nothing in a result tells two machines of one model apart, and kernel and engine, which change
 * under one machine, are left out: one taken for two would count its noise as evidence. Pure.
 */
export function poolMachineOf(environment: Environment): string {
  return `${machineOf(environment)}, ${Math.ceil(environment.memoryBytes / 2 ** 30)} GiB`;
}
