import { execFileSync, spawn } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatOwner, ownerState, parseOwner, thisOwner } from './owner.ts';
import { processExists, processStart } from './this-system.ts';

it('is written and read back', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9: .-]{0,40}$/);
  fc.assert(
    fc.property(fc.nat(4_194_304), word, word, word, word, (pid, started, boot, space, machine) => {
      const owner = { pid, started, boot, space, machine };
      expect(parseOwner(formatOwner(owner))).toEqual(owner);
    }),
  );
});

it.each(['', '12', 'x|y|z|a|b', '1|2', '1|2|3', '1|2|3|4', '1|2|3|4|5|6', `1|${'2'.repeat(61)}|3|4|5`])(
  'is not read from %j',
  (text) => {
    expect(parseOwner(text)).toBeNull();
  },
);

it('is alive while this process is, and dead when its number belongs to a later process', async () => {
  const owner = await thisOwner();
  expect(await ownerState(owner)).toBe('alive');
  expect(await ownerState({ ...owner, started: `${owner.started}1` })).toBe('dead');
});

it('is dead when the process has ended', async () => {
  const child = spawn(process.execPath, ['-e', '0']);
  const pid = child.pid ?? 0;
  await new Promise((resolve) => child.once('exit', resolve));
  expect(processExists(pid)).toBe(false);
  expect(await ownerState({ ...(await thisOwner()), pid })).toBe('dead');
});

it('is dead after a restart of the same machine, whatever has its number now', async () => {
  const owner = await thisOwner();
  expect(await ownerState({ ...owner, boot: 'earlier', machine: 'm' }, { ...owner, machine: 'm' })).toBe('dead');
});

// A number that no process here has: were it compared, it would be called dead.
const nobody = 4_194_304;
it.each([
  ['another kernel', { boot: 'other', machine: 'other' }, {}],
  ['another kernel, neither machine known', { boot: 'other', machine: '' }, { machine: '' }],
  ['another PID namespace', { space: '1.1' }, {}],
  ['another time namespace', { space: '4026531836.1' }, { space: '4026531836.2' }],
  ['an owner that knew no boot', { boot: '' }, {}],
  ['a system that knows no boot', {}, { boot: '' }],
  ['neither knows one, as on Windows', { boot: '', space: '' }, { boot: '', space: '' }],
  ['no namespace known', { space: '' }, { space: '' }],
] as const)('is unknown, dead or alive: %s', async (_what, ofOwner, ofSystem) => {
  const here = await thisOwner();
  for (const pid of [nobody, process.pid]) {
    expect(await ownerState({ ...here, pid, ...ofOwner }, { ...here, ...ofSystem })).toBe('unknown');
  }
});

it('is unknown where a process has its number and no start is known', async () => {
  expect(await ownerState({ ...(await thisOwner()), started: '' })).toBe('unknown');
});

it.skipIf(process.platform !== 'linux')('has a start that counts from the boot, and none when it is gone', async () => {
  expect(await processStart(process.pid)).toMatch(/^\d+$/);
  expect(await processStart(process.ppid)).toMatch(/^\d+$/);
  expect(await processStart(nobody)).toBe('');
});

const canUnshare = process.platform === 'linux' && process.getuid?.() === 0;
it.skipIf(!canUnshare).each([
  ['its own /proc', ['--pid', '--fork', '--mount-proc']],
  // The numbers of the mounted /proc are those of another namespace: read by them, a start would be a stranger's.
  ['the /proc of outside', ['--pid', '--fork']],
  ['another time namespace', ['--time', '--boottime', '1000', '--fork']],
])('can only be told unknown from another namespace: %s', async (_what, flags) => {
  const program = `
    import { formatOwner, ownerState, parseOwner, thisOwner } from ${JSON.stringify(import.meta.resolve('./owner.ts'))};
    const own = await thisOwner();
    console.log(JSON.stringify([await ownerState(parseOwner(process.argv[1])), await ownerState(own), own.started]));`;
  const output = execFileSync(
    'unshare',
    [...flags, process.execPath, '--input-type=module', '-e', program, formatOwner(await thisOwner())],
    { encoding: 'utf8' },
  );
  const [outside, inside, started] = JSON.parse(output) as string[];
  expect(outside).toBe('unknown');
  expect(inside).toBe('alive');
  expect(started).toMatch(/^\d+$/);
});
