import { expect, it } from 'vitest';
import { quotaOf, swapOf } from './look.ts';

it.each([
  [{ NanoCpus: 0, CpuQuota: 0, CpuPeriod: 0 }, 0],
  [{ NanoCpus: 0, CpuQuota: -1, CpuPeriod: 100_000 }, 0],
  [{ NanoCpus: 1_500_000_000, CpuQuota: 0, CpuPeriod: 0 }, 1.5],
  [{ NanoCpus: 0, CpuQuota: 5000, CpuPeriod: 100_000 }, 0.05],
  [{ NanoCpus: 0, CpuQuota: 5000, CpuPeriod: 0 }, 0.05],
  [{ CpuQuota: 50_000, CpuPeriod: 25_000 }, 2],
  [{}, null],
])('CPU time is limited by whichever an engine keeps it in: %j is %s CPUs', (limits, cpus) => {
  expect(quotaOf(limits)).toBe(cpus);
});

it.each([
  [{ Memory: 64, MemorySwap: 64 }, 0],
  [{ Memory: 64, MemorySwap: 100 }, 36],
  [{ Memory: 64, MemorySwap: 0 }, 64],
  [{ Memory: 64, MemorySwap: -1 }, -1],
  [{ Memory: 0, MemorySwap: 0 }, -1],
  [{ Memory: 64 }, null],
  [{}, null],
])('swap is what is allowed beyond memory: %j is %s', (limits, bytes) => {
  expect(swapOf(limits)).toBe(bytes);
});
