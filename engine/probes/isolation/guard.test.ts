import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../clock/testing/index.ts';
import type { HostState } from '../../machine/index.ts';
import { FakeMachine } from '../../machine/testing/index.ts';
import { FaultGuard, FaultsStopped } from './guard.ts';
import { hostSuffers } from './host.ts';

const well: HostState = { availableMemoryBytes: 8 * 2 ** 30, totalMemoryBytes: 16 * 2 ** 30, loopLagMs: 30 };

describe('hostSuffers', () => {
  it('is content with a machine that is well', () => {
    expect(hostSuffers(well)).toBeNull();
  });
  it('names the memory that is left', () => {
    expect(hostSuffers({ ...well, availableMemoryBytes: 100 * 2 ** 20 })).toContain('only 100 MiB of memory left');
    expect(hostSuffers({ ...well, availableMemoryBytes: 140 * 2 ** 20, totalMemoryBytes: 2 ** 30 })).toBeNull();
  });
  it('does not judge memory that the system does not tell of', () => {
    expect(hostSuffers({ ...well, availableMemoryBytes: null })).toBeNull();
  });
  it('names how long the laboratory stood still', () => {
    expect(hostSuffers({ ...well, loopLagMs: 4200 })).toContain('stood still for 4.2 s');
  });
});

describe('FaultGuard', () => {
  it('stops when the machine suffers, once, and keeps the reason', async () => {
    const clock = new VirtualClock();
    const machine = new FakeMachine();
    const guard = new FaultGuard(null, { clock, machine });
    await clock.delay(1000);
    expect([guard.signal.aborted, guard.reason]).toEqual([false, null]);
    machine.state = { ...machine.state, availableMemoryBytes: 1 };
    await clock.delay(1000);
    expect(guard.signal.reason).toBeInstanceOf(FaultsStopped);
    expect(guard.reason).toMatch(/^faults were ended because the machine has only/);
    guard.close();
  });

  it('stops a fault that goes on after the time is spent, and no later one may begin', async () => {
    const clock = new VirtualClock();
    const guard = new FaultGuard(5000, { clock, machine: new FakeMachine() });
    await guard.spend(() => clock.delay(4000));
    expect(guard.reason).toBeNull();
    await expect(guard.spend(() => clock.delay(4000, guard.signal))).rejects.toThrow(FaultsStopped);
    expect([clock.monotonicMs(), guard.reason]).toEqual([5000, 'the time that faults may take was spent']);
    guard.close();
  });
});
