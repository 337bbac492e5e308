import type { HostState, Machine } from '../machine.ts';
import { judgeQuietness } from '../quietness.ts';

/** A machine that is quiet and well unless told otherwise. For tests. */
export class FakeMachine implements Machine {
  state: HostState = { availableMemoryBytes: 8 * 2 ** 30, totalMemoryBytes: 16 * 2 ** 30, loopLagMs: 1 };
  /** Share of the processors that other programs use, 0 to 1. */
  foreignCpuShare = 0;

  readonly facts = () => ({
    platform: 'linux',
    architecture: 'x64',
    kernel: '6.0',
    cpuModel: 'fake',
    cpus: 4,
    memoryBytes: this.state.totalMemoryBytes,
    nodeVersion: 'v24.0.0',
  });

  readonly watchQuietness = async () => ({
    suspend: async () => undefined,
    resume: async () => undefined,
    stop: async ({ withheldShare }: { withheldShare?: number }) =>
      judgeQuietness({
        foreignCpuShare: this.foreignCpuShare,
        stolenCpuShare: 0,
        withheldShare: withheldShare ?? null,
        loopLagP99Ms: 1,
      }),
  });

  readonly withheldCpu = async () => 0;

  readonly watchPrograms = async () => ({ loudest: [], ownCpuSeconds: 0 });

  readonly watchState = () => ({ look: () => this.state, stop: () => undefined });
}
