import { create } from 'zustand';
import { isPageName, partsOf, readRoute, type Route } from '../../engine/model/index.ts';

/** Reads a location hash; anything unknown is the home page. */
export function parseHash(hash: string): Route {
  const [page = '', ...parts] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  return isPageName(page) ? readRoute(page, parts) : { page: 'home' };
}

/** The inverse of `parseHash`. */
export function formatHash(route: Route): string {
  return `#/${[route.page, ...partsOf(route)].map((part) => encodeURIComponent(part ?? '')).join('/')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export const useRoute = create<{ route: Route }>(() => ({
  route: typeof location === 'undefined' ? { page: 'home' } : parseHash(location.hash),
}));

/** Asked before a page is left; false keeps it, and `proceed` goes on nevertheless. */
export type LeaveGuard = (to: Route, proceed: () => void) => boolean;
let guard: LeaveGuard | null = null;
let passing: string | null = null;

/** Asks `next` before the page is left, until it is taken away again. */
export function guardLeaving(next: LeaveGuard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = null;
  };
}

/** Goes to a page; the browser's history keeps the way back. `unasked`: nobody is asked about what is left. */
export function navigate(route: Route, { unasked = false }: { unasked?: boolean } = {}): void {
  const hash = formatHash(route);
  if (location.hash === hash) {
    useRoute.setState({ route });
    return;
  }
  passing = unasked ? hash : null;
  location.hash = hash;
}

/** Whether the page may be left for another; its address stays when not. */
function mayLeave(next: Route): boolean {
  const now = formatHash(useRoute.getState().route);
  const wanted = formatHash(next);
  const passes = passing === wanted || guard === null || wanted === now;
  passing = null;
  if (passes || guard?.(next, () => navigate(next, { unasked: true })) === true) return true;
  history.replaceState(null, '', now);
  return false;
}

/** Follows the location's hash; returns the unsubscribe. */
export function followHash(): () => void {
  const read = (): void => {
    const route = parseHash(location.hash);
    if (mayLeave(route)) useRoute.setState({ route });
  };
  read();
  window.addEventListener('hashchange', read);
  return () => window.removeEventListener('hashchange', read);
}
