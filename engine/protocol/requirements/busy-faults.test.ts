import { describe, expect, it, vi } from 'vitest';
import type { Bench, Unit } from '../bench.ts';
import type { Usage } from '../program.ts';
import { busyFaults, judgeBlock } from './busy-faults.ts';
import { memoryFaults } from './memory-faults.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

describe('silences of a block', () => {
  const right = { taken: 0.5, inLine: null };
  const blocks = [120, 130, 240, 360, 370, 480, 600, 610];

  it('are as long as they should be', () => {
    expect(judgeBlock(blocks, right)).toMatchObject({ isWithin: true, isUncertain: false });
  });

  it('that are too long are certain where it is told how long the program was in line', () => {
    const long = [200, 210, 400, 600];
    expect(judgeBlock(long, { ...right, inLine: 0 })).toMatchObject({ isWithin: false, isUncertain: false });
  });

  it('that are too long are not certain where what is between may have been silent', () => {
    const stalled = [120, 240, 360, 480, 690];
    expect(judgeBlock(stalled, right)).toMatchObject({ isWithin: false, isUncertain: true });
  });

  it('that are too few are certain', () => {
    expect(judgeBlock([10, 130, 140, 150], right)).toMatchObject({ isWithin: false, isUncertain: false });
  });
});

/** Where a unit takes so much each time somebody looks. */
function benchOf(usage: readonly Omit<Usage, 'inLineMs'>[]): Bench {
  const left = [...usage];
  const unit = { process: { usage: async () => ({ inLineMs: null, ...left.shift() }) } } as unknown as Unit;
  return {
    options: { looks: 1 },
    unit: async () => unit,
    during: (_unit: Unit, _kind: string, _parameters: object, work: (id: string) => Promise<unknown>) => work('it'),
  } as unknown as Bench;
}

describe('of what an engine tells', () => {
  const [hog] = busyFaults;
  const [leak] = memoryFaults;

  it('the processor is judged, though it does not tell the memory', async () => {
    const taken = (atMs: number, takenMs: number) => ({ atMs, takenMs, residentBytes: null });
    const found = hog?.check(benchOf([taken(0, 0), taken(1000, 600), taken(1000, 600), taken(2000, 600)]));
    await expect(found).resolves.toContain('0.60 of a processor');
    const unknown = leak?.check(benchOf([taken(0, 0), taken(1000, 600)]));
    await expect(unknown).rejects.toThrow('the engine does not tell how much memory a unit has');
  });

  it('the memory is judged, though it does not tell the processor', async () => {
    const has = (atMs: number, mebibytes: number) => ({ atMs, takenMs: null, residentBytes: mebibytes * 2 ** 20 });
    const found = leak?.check(benchOf([has(0, 50), has(1000, 130), has(1000, 130), has(2000, 130)]));
    await expect(found).resolves.toBe('80 MiB a second');
    const unknown = hog?.check(benchOf([has(0, 50), has(1000, 50)]));
    await expect(unknown).rejects.toThrow('the engine does not tell how much of a processor a unit takes');
  });
});
