import { describe, expect, it } from 'vitest';
import { parseCpuList } from '../cpu-list.ts';
import { parseProc, parsePs } from './stats.ts';

it('reads /proc, whatever the program’s name', () => {
  const stat =
    '42 (we (ird) name) S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 11 0 123456 1000 2000 18446744073709551615';
  expect(parseProc(stat, 'Name:\tnode\nVmRSS:\t   2048 kB\nThreads:\t11\n')).toEqual({
    cpuSeconds: 2,
    memoryBytes: 2048 * 1024,
  });
  expect(parseProc(stat, 'Name:\tnode\n').memoryBytes).toBeNull();
  expect(parseProc('42 (node', '')).toEqual({ cpuSeconds: null, memoryBytes: null });
});

describe('ps', () => {
  it.each([
    ['  0:01.50  2048\n', 1.5, 2048],
    ['00:01:02 10\n', 62, 10],
    ['1-02:03:04 10', 93_784, 10],
    ['120:00.00 1', 7200, 1],
  ])('%j', (output, cpuSeconds, kibibytes) => {
    expect(parsePs(output)).toEqual({ cpuSeconds, memoryBytes: kibibytes * 1024 });
  });

  it('tells of no memory of what is gone', () => {
    expect(parsePs('')).toEqual({ cpuSeconds: 0, memoryBytes: null });
  });
});

it('reads sets of CPUs as the kernel writes them', () => {
  expect(parseCpuList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(parseCpuList('3')).toEqual([3]);
  expect(parseCpuList('')).toEqual([]);
  expect(parseCpuList('x')).toEqual([]);
});
