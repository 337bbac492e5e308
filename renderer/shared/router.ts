import { create } from 'zustand';

/** Every page the window can show. */
export type Route =
  | { page: 'home' }
  | { page: 'explore' }
  | { page: 'topologies'; name: string | null }
  | { page: 'experiments' }
  | { page: 'experiment'; name: string }
  | { page: 'run' }
  | { page: 'history' }
  | { page: 'trash' }
  | { page: 'result'; id: string }
  | { page: 'compare'; first: string | null; second: string | null }
  | { page: 'settings' };
export type PageName = Route['page'];

/** Reads a location hash; anything unknown is the home page. */
export function parseHash(hash: string): Route {
  const [page = '', first, second] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  switch (page) {
    case 'explore':
    case 'experiments':
    case 'run':
    case 'history':
    case 'trash':
    case 'settings':
      return { page };
    case 'topologies':
      return { page, name: filled(first) };
    case 'experiment':
      return { page, name: first ?? '' };
    case 'result':
      return first === undefined || first === '' ? { page: 'history' } : { page, id: first };
    case 'compare':
      return { page, first: filled(first), second: filled(second) };
    default:
      return { page: 'home' };
  }
}

/** The inverse of `parseHash`. */
export function formatHash(route: Route): string {
  const parts: (string | null)[] = [route.page];
  if (route.page === 'topologies' || route.page === 'experiment') parts.push(route.name);
  if (route.page === 'result') parts.push(route.id);
  if (route.page === 'compare') parts.push(route.first, route.second);
  while (parts.at(-1) === null) parts.pop();
  return `#/${parts.map((part) => encodeURIComponent(part ?? '')).join('/')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function filled(part: string | undefined): string | null {
  return part === undefined || part === '' ? null : part;
}

export const useRoute = create<{ route: Route }>(() => ({
  route: typeof location === 'undefined' ? { page: 'home' } : parseHash(location.hash),
}));

/** Goes to a page; the browser's history keeps the way back. */
export function navigate(route: Route): void {
  const hash = formatHash(route);
  if (location.hash === hash) useRoute.setState({ route });
  else location.hash = hash;
}

/** Follows the location's hash; returns the unsubscribe. */
export function followHash(): () => void {
  const read = (): void => useRoute.setState({ route: parseHash(location.hash) });
  read();
  window.addEventListener('hashchange', read);
  return () => window.removeEventListener('hashchange', read);
}
