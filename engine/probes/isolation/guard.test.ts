import { describe, expect, it, vi } from 'vitest';
import { FaultGuard, FaultsStopped } from './guard.ts';
import { hostSuffers, type HostState } from './host.ts';

const well: HostState = { freeMemoryBytes: 8 * 2 ** 30, totalMemoryBytes: 16 * 2 ** 30, loopLagMs: 30 };

describe('hostSuffers', () => {
  it('is content with a machine that is well', () => {
    expect(hostSuffers(well)).toBeNull();
  });
  it('names the memory that is left', () => {
    expect(hostSuffers({ ...well, freeMemoryBytes: 100 * 2 ** 20 })).toContain('only 100 MiB of memory left');
    expect(hostSuffers({ ...well, freeMemoryBytes: 140 * 2 ** 20, totalMemoryBytes: 2 ** 30 })).toBeNull();
  });
  it('names how long the laboratory stood still', () => {
    expect(hostSuffers({ ...well, loopLagMs: 4200 })).toContain('stood still for 4.2 s');
  });
});

describe('FaultGuard', () => {
  it('stops when the machine suffers, once, and keeps the reason', () => {
    vi.useFakeTimers();
    try {
      let state = well;
      const guard = new FaultGuard(null, () => state);
      vi.advanceTimersByTime(1000);
      expect([guard.signal.aborted, guard.reason]).toEqual([false, null]);
      state = { ...well, freeMemoryBytes: 1 };
      vi.advanceTimersByTime(1000);
      expect(guard.signal.reason).toBeInstanceOf(FaultsStopped);
      expect(guard.reason).toMatch(/^faults were ended because the machine has only/);
      guard.close();
    } finally {
      vi.useRealTimers();
    }
  });

  it('stops a fault that goes on after the time is spent, and no later one may begin', async () => {
    const guard = new FaultGuard(5, () => well);
    await expect(
      guard.spend(
        () =>
          new Promise((_resolve, reject) => {
            guard.signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
          }),
      ),
    ).rejects.toThrow('ended');
    expect(guard.reason).toBe('the time that faults may take was spent');
    guard.close();
  });
});
