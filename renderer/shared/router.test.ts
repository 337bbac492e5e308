import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHash, parseHash, type Route } from './router.ts';

const name = fc.string({ minLength: 1 });
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>(
    { page: 'home' },
    { page: 'explore' },
    { page: 'experiments' },
    { page: 'run' },
    { page: 'history' },
    { page: 'trash' },
    { page: 'settings' },
    { page: 'sample' },
    { page: 'glossary' },
  ),
  fc.record({ page: fc.constant('topologies' as const), name: fc.option(name) }),
  fc.record({ page: fc.constant('experiment' as const), name }),
  fc.record({ page: fc.constant('result' as const), id: name }),
  fc.record({ page: fc.constant('compare' as const), first: fc.constant('a'), second: fc.option(name) }),
);

describe('the address of a page', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseHash(formatHash(route))).toEqual(route);
      }),
    );
  });
  it('keeps a comparison whose first side is still open', () => {
    const route: Route = { page: 'compare', first: null, second: 'b' };
    expect(parseHash(formatHash(route))).toEqual(route);
  });
  it('goes home from anywhere unknown', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/%E0%A4%A', 'x']) expect(parseHash(hash).page).toBe('home');
    expect(parseHash('#/result').page).toBe('history');
  });
});
