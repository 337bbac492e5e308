import { constants } from 'node:os';
import { expect, it } from 'vitest';
import { linuxSignalOf } from './linux-signals.ts';

it('names what ended a process in a container by its exit code', () => {
  expect([129, 137, 138, 143, 159].map(linuxSignalOf)).toEqual(['SIGHUP', 'SIGKILL', 'SIGUSR1', 'SIGTERM', 'SIGSYS']);
  expect([null, 0, 2, 127, 128, 160, 255].map(linuxSignalOf)).toEqual(Array.from({ length: 7 }, () => null));
});

it.skipIf(process.platform !== 'linux')('has the numbers that Linux has', () => {
  for (let number = 1; number <= 31; number += 1) {
    const name = linuxSignalOf(128 + number) as keyof typeof constants.signals;
    expect([name, constants.signals[name]]).toEqual([name, number]);
  }
});
