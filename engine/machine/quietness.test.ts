import { describe, expect, it } from 'vitest';
import { startQuietnessWatch } from './quietness-watch.ts';
import { cpuShares, foreignCpuShare, judgeQuietness, parseProcStat, stolenCpuShare } from './quietness.ts';

describe('quietness', () => {
  it('reads the first line of /proc/stat', () => {
    expect(parseProcStat('cpu  100 10 40 700 50 0 0 100 0 0\ncpu0 1 2 3')).toEqual({
      busySeconds: 1.5,
      stolenSeconds: 1,
      totalSeconds: 10,
    });
    expect(parseProcStat('something else')).toBeNull();
  });

  it('takes what the experiment used itself off, and never goes below nothing', () => {
    const before = { busySeconds: 10, stolenSeconds: 3, totalSeconds: 100 };
    const after = { busySeconds: 16, stolenSeconds: 5, totalSeconds: 120 };
    expect(foreignCpuShare(before, after, 4)).toBeCloseTo(0.1, 12);
    expect(foreignCpuShare(before, after, 9)).toBe(0);
    expect(foreignCpuShare(before, after, Number.NaN)).toBeNull();
    expect(foreignCpuShare(null, after, 1)).toBeNull();
    expect(foreignCpuShare(before, before, 0)).toBeNull();
    expect(stolenCpuShare(before, after)).toBeCloseTo(0.1, 12);
    expect(stolenCpuShare(before, before)).toBeNull();
  });

  it('sums up what it watched, and leaves out what happened while it looked away', () => {
    const at = (busySeconds: number, stolenSeconds: number, totalSeconds: number) => ({
      busySeconds,
      stolenSeconds,
      totalSeconds,
    });
    const spans = [
      { before: at(10, 1, 100), after: at(12, 2, 110), ownSeconds: 0.5 },
      { before: at(500, 50, 900), after: at(503, 50, 910), ownSeconds: 0.5 },
    ];
    expect(cpuShares(spans, 3)).toEqual({ foreignCpuShare: 0.05, stolenCpuShare: 0.05 });
    expect(cpuShares(spans, null).foreignCpuShare).toBeNull();
    expect(cpuShares([...spans, { before: null, after: null, ownSeconds: 0 }], 3)).toEqual({
      foreignCpuShare: null,
      stolenCpuShare: null,
    });
    expect(cpuShares([], 0)).toEqual({ foreignCpuShare: null, stolenCpuShare: null });
  });

  it('names every reason', () => {
    const noisy = { foreignCpuShare: 0.2, stolenCpuShare: 0.1, withheldShare: 0.02, loopLagP99Ms: 80 };
    expect(judgeQuietness(noisy).reasons).toHaveLength(4);
    const unknown = { foreignCpuShare: null, stolenCpuShare: null, withheldShare: null, loopLagP99Ms: 2 };
    expect(judgeQuietness(unknown).quiet).toBe(true);
  });

  it('gives a reading also when the own CPU cannot be told', async () => {
    const watch = await startQuietnessWatch();
    const quietness = await watch.stop({ ownCpuSeconds: null });
    expect(quietness.foreignCpuShare).toBeNull();
    expect(quietness.loopLagP99Ms).toBeGreaterThanOrEqual(0);
  });
});
