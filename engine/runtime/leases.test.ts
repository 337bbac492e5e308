import { expect, it } from 'vitest';
import { belonging, endLease } from './leases.ts';
import { formatOwner, thisOwner } from './owner.ts';

it('belongs to a living owner until the runtime that made it is closed', async () => {
  const owner = formatOwner(await thisOwner());
  expect(await belonging({ owner, lease: 'one' })).toBe('held');
  endLease('one');
  expect(await belonging({ owner, lease: 'one' })).toBe('left');
  expect(await belonging({ owner, lease: 'another' })).toBe('held');
  expect(await belonging({ owner })).toBe('held');
});

it('is left when its owner is dead, and unknown when that cannot be known', async () => {
  const owner = await thisOwner();
  expect(await belonging({ owner: formatOwner({ ...owner, started: `${owner.started}1` }), lease: 'two' })).toBe(
    'left',
  );
  expect(await belonging({ owner: formatOwner({ ...owner, space: 'elsewhere' }), lease: 'two' })).toBe('unknown');
});

it.each(['', 'nonsense', '123|abcdef01-5|0123456789ab'])('is unknown with %j for an owner', async (owner) => {
  expect(await belonging({ owner, lease: 'two' })).toBe('unknown');
});
