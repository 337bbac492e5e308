import { spawn } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatOwner, ownerState, parseOwner, processExists, thisOwner } from './owner.ts';

it('is written and read back', () => {
  fc.assert(
    fc.property(
      fc.nat(4_194_304),
      fc.stringMatching(/^[a-zA-Z0-9: -]*$/),
      fc.stringMatching(/^[0-9a-f]{12}$/),
      (pid, started, host) => {
        expect(parseOwner(formatOwner({ pid, started, host }))).toEqual({ pid, started, host });
      },
    ),
  );
});

it.each(['', '12', 'x|y|z', '1|2', '1|2|', '1|2|3|4'])('is not read from %j', (text) => {
  expect(parseOwner(text)).toBeNull();
});

it('is alive while this process is, and dead when its number belongs to a later process', async () => {
  const owner = await thisOwner();
  expect(await ownerState(owner)).toBe('alive');
  expect(await ownerState({ ...owner, started: `${owner.started}1` })).toBe('dead');
});

it('is unknown on another machine, or where its start is unknown', async () => {
  const owner = await thisOwner();
  expect(await ownerState({ ...owner, host: 'elsewhere' })).toBe('unknown');
  expect(await ownerState({ ...owner, started: '' })).toBe('unknown');
});

it('is dead when the process has ended', async () => {
  const child = spawn(process.execPath, ['-e', '0']);
  const pid = child.pid ?? 0;
  await new Promise((resolve) => child.once('exit', resolve));
  expect(processExists(pid)).toBe(false);
  expect(await ownerState({ ...(await thisOwner()), pid })).toBe('dead');
});
