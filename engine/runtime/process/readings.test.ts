import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cpusThatAreThere, parseCpuList } from '../cpu-list.ts';
import { isGone, parseProc, parsePs, usageByPs } from './stats.ts';

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

  const unknown = { cpuSeconds: null, memoryBytes: null };

  it.each([[''], ['\n'], ['TIME RSS'], ['0:01.50'], ['0:01.50 -'], ['0:01.50 2048 3']])(
    '%j is no reading',
    (output) => {
      expect(parsePs(output)).toEqual(unknown);
    },
  );

  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-ps-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.skipIf(process.platform === 'win32').each([
    ['tells', "echo '  0:01.50  2048'", { cpuSeconds: 1.5, memoryBytes: 2 ** 21 }],
    ['knows no such process', 'exit 1', { cpuSeconds: 0, memoryBytes: null }],
    ['is killed', 'kill -9 $$', unknown],
    ['fails', 'echo no >&2; exit 2', unknown],
    ['fails on the way', "echo '0:01.50 2048'; exit 1", unknown],
    ['says something else', 'echo busy', unknown],
  ])('that %s', async (title, script, usage) => {
    const file = path.join(folder, title);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    expect(await usageByPs(1, file)).toEqual(usage);
  });

  it('that is not there tells nothing', async () => {
    expect(await usageByPs(1, path.join(folder, 'none'))).toEqual(unknown);
  });
});

it('takes a process for gone only where the system says so', () => {
  const failure = (code: string) => Object.assign(new Error(code), { code });
  expect(['ENOENT', 'ESRCH', 'EACCES', 'EMFILE', 'EIO'].map((code) => isGone(failure(code)))).toEqual([
    ...[true, true, false, false, false],
  ]);
});

it('reads sets of CPUs as the kernel writes them', () => {
  expect(parseCpuList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(parseCpuList('3')).toEqual([3]);
  expect(parseCpuList('')).toEqual([]);
  expect(parseCpuList('x')).toEqual([]);
});

it('takes of the CPUs that may be used those that are there', () => {
  expect(cpusThatAreThere('0-31', '0-15')).toEqual(Array.from({ length: 16 }, (_, cpu) => cpu));
  expect(cpusThatAreThere('0,4-5', '0-3,5')).toEqual([0, 5]);
  expect(cpusThatAreThere('4-5', '')).toEqual([4, 5]);
  expect(cpusThatAreThere('4-5', '0-1')).toEqual([4, 5]);
  expect(cpusThatAreThere('', '0-1')).toEqual([]);
});
