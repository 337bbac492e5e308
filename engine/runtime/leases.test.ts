import { expect, it } from 'vitest';
import { endLease, isLeftBehind } from './leases.ts';
import { formatOwner, thisOwner } from './owner.ts';

it('belongs to a living owner until the runtime that made it is closed', async () => {
  const owner = formatOwner(await thisOwner());
  expect(await isLeftBehind({ owner, lease: 'one' })).toBe(false);
  endLease('one');
  expect(await isLeftBehind({ owner, lease: 'one' })).toBe(true);
  expect(await isLeftBehind({ owner, lease: 'another' })).toBe(false);
});

it('belongs to nobody when its owner is dead, and to somebody when that cannot be known', async () => {
  const owner = await thisOwner();
  expect(await isLeftBehind({ owner: formatOwner({ ...owner, started: `${owner.started}1` }), lease: 'two' })).toBe(
    true,
  );
  expect(await isLeftBehind({ owner: formatOwner({ ...owner, host: 'elsewhere' }), lease: 'two' })).toBe(false);
  expect(await isLeftBehind({ owner: 'nonsense', lease: 'two' })).toBe(false);
});
