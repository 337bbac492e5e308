import { expect, it } from 'vitest';
import { availableMemory, parseMemInfo, parseVmStat, watchMemory, type MemorySource } from './memory.ts';

/** As a Mac that is well prints it: next to nothing free, and a third of the memory to be had. */
const vmStat = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                                3120.
Pages active:                            393216.
Pages inactive:                          310000.
Pages speculative:                         2000.
Pages throttled:                              0.
Pages wired down:                        120000.
Pages purgeable:                           5000.
"Translation faults":                 123456789.
Pages copy-on-write:                    1234567.
`;
const memInfo = `MemTotal:       16384000 kB
MemFree:          131072 kB
MemAvailable:    8388608 kB
Buffers:          200000 kB
`;

const refused = () => Promise.reject(new Error('no such program'));
const source = (over: Partial<MemorySource>): MemorySource => ({
  ...{ platform: 'linux', memInfo: refused, vmStat: refused, freemem: () => 1 },
  ...over,
});

it('is what programs can have, and not what is free, on Linux and macOS', async () => {
  expect(await availableMemory(source({ memInfo: async () => memInfo }))).toBe(8388608 * 1024);
  const mac = source({ platform: 'darwin', vmStat: async () => vmStat });
  expect(await availableMemory(mac)).toBe((3120 + 310_000 + 2000 + 5000) * 16_384);
});

it('is what Node counts where that is the same or nothing better is told, and unknown on macOS', async () => {
  expect(await availableMemory(source({ platform: 'win32' }))).toBe(1);
  expect(await availableMemory(source({}))).toBe(1);
  expect(await availableMemory(source({ memInfo: async () => 'MemTotal: 5 kB\nMemFree: 3 kB\n' }))).toBe(1);
  expect(await availableMemory(source({ platform: 'darwin' }))).toBeNull();
  expect(await availableMemory(source({ platform: 'darwin', vmStat: async () => 'Usage: vm_stat' }))).toBeNull();
});

it.each([
  ['', null],
  ['Pages free: 5.\nPages inactive: 5.\n', null],
  ['(page size of 4096 bytes)\nPages free: 5.\n', null],
  ['(page size of 4096 bytes)\nPages free: 5.\nPages inactive: x.\n', null],
  ['(page size of 4096 bytes)\nPages free: 5.\nPages inactive: 6.\n', 11 * 4096],
])('reads no other form of vm_stat: %j', (text, bytes) => expect(parseVmStat(text)).toBe(bytes));

it.each(['', 'MemAvailable: many kB', 'MemAvailable:  5 MB', 'xMemAvailable: 5 kB'])(
  'reads no other form of meminfo: %j',
  (text) => expect(parseMemInfo(text)).toBeNull(),
);

it('never makes whoever looks wait, and asks once at a time, at most once a second', async () => {
  let nowMs = 0;
  const answers: ((text: string) => void)[] = [];
  const mac = source({ platform: 'darwin', vmStat: () => new Promise((resolve) => answers.push(resolve)) });
  const look = watchMemory(mac, () => nowMs);
  expect([look(), look()]).toEqual([null, null]);
  nowMs = 5000;
  expect([look(), answers.length]).toEqual([null, 1]);
  answers[0]?.(vmStat);
  await new Promise(setImmediate);
  expect([look(), answers.length]).toEqual([320_120 * 16_384, 2]);
  // The next is asked for already; until it answers, what is known stands.
  nowMs = 9000;
  expect([look(), answers.length]).toEqual([320_120 * 16_384, 2]);
  answers[1]?.('broken');
  await new Promise(setImmediate);
  expect(look()).toBeNull();
});
