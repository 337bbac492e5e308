import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPageName, pages, railPageOf, readRoute, type Route } from '../../engine/model/index.ts';
import { formatHash, parseHash } from './router.ts';

const names = Object.keys(pages).filter(isPageName);
const routes: fc.Arbitrary<Route> = fc
  .tuple(fc.constantFrom(...names), fc.array(fc.string(), { maxLength: 3 }))
  .map(([page, parts]) => readRoute(page, parts));

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
    expect(parseHash('#/experiment').page).toBe('experiments');
  });
  it('has a key for every page of the rail, each its own, and a place in the rail for every page', () => {
    const keys = Object.values(pages).flatMap((page) => ('key' in page ? [page.key] : []));
    expect(new Set(keys).size).toBe(keys.length);
    for (const page of names) expect('key' in pages[page] || 'under' in pages[page], page).toBe(true);
    expect(railPageOf('trash')).toBe('history');
    expect(railPageOf('compare')).toBe('compare');
  });
});
