import { expect, it } from 'vitest';
import type { VersionSkew } from './measurement.ts';
import { failingIn, lockstepUnits, togetherOf, unreachedIn } from './together.ts';

const skew = (first: VersionSkew['first'], requests: VersionSkew['requests']): VersionSkew => ({
  ...{ first, requests, predicted: [] },
  ...(first === 'providers'
    ? { released: ['catalog'], left: ['cart', 'front'] }
    : { released: ['cart', 'front'], left: ['catalog'] }),
});
const well = { home: { scheduled: 40, lost: 1 } };
const ill = { home: { scheduled: 40, lost: 0 }, view: { scheduled: 9, lost: 9 } };
const contracts = (providers: VersionSkew['requests'], callers: VersionSkew['requests']) => ({
  ...{ differences: [], backward: [], skews: [skew('providers', providers), skew('callers', callers)] },
});

it('an endpoint fails where most of its requests do', () => {
  expect(failingIn(skew('providers', ill))).toEqual(['view']);
  expect(failingIn(skew('providers', { view: { scheduled: 9, lost: 4 } }))).toEqual([]);
  expect(failingIn(skew('providers', { view: { scheduled: 0, lost: 0 } }))).toEqual([]);
});

it('an endpoint whose way there fails was not asked, and does not count as failing', () => {
  const cut = skew('providers', { add: { scheduled: 9, lost: 9 }, view: { scheduled: 0, lost: 0 } });
  expect([failingIn(cut), unreachedIn(cut)]).toEqual([['add'], ['view']]);
  expect(unreachedIn(skew('providers', well))).toEqual([]);
});

it.each([
  [well, well, 'any-order', 1],
  [well, ill, 'providers-first', 1],
  [ill, well, 'callers-first', 1],
  [ill, ill, 'at-once', 3],
] as const)('who suffers says how units may go out: case %#', (providers, callers, together, units) => {
  expect(togetherOf(contracts(providers, callers), failingIn)).toBe(together);
  expect(lockstepUnits({ contracts: contracts(providers, callers) })).toBe(units);
});

it('in one unit no two versions meet, and of files of before nothing is known', () => {
  expect(togetherOf({ skews: [] }, failingIn)).toBeNull();
  expect(lockstepUnits({ contracts: { differences: [], backward: [], skews: [] } })).toBe(1);
  expect(lockstepUnits({})).toBeNull();
});

it('an endpoint that fails with all of the change there says nothing of the order', () => {
  const staying: VersionSkew = { ...skew('providers', ill), released: ['catalog', 'cart', 'front'], left: ['picks'] };
  expect(togetherOf(contracts(ill, ill), failingIn, failingIn(staying))).toBe('any-order');
  expect(lockstepUnits({ contracts: { ...contracts(ill, ill), staying } })).toBe(1);
  const worse = { ...ill, buy: { scheduled: 9, lost: 9 } };
  expect(togetherOf(contracts(worse, ill), failingIn, failingIn(staying))).toBe('callers-first');
  expect(lockstepUnits({ contracts: { ...contracts(worse, worse), staying } })).toBe(3);
});
