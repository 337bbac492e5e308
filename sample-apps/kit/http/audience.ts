import type { Audience, Route } from './route.ts';

/** What is served by itself, besides contracts and routes. */
const always = ['health', 'openapi.json'];

const firstSegment = (target: string): string => target.split(/[/?#]/)[1] ?? '';

/**
 * Who asks for a target that no route answers: whoever the routes of its first path segment are for, those of its method before others; where
 * there are none, people if the unit has pages.
 */
export function audienceByTarget(
  contracts: Iterable<string>,
  routes: readonly Route[],
): (method: string, target: string) => Audience {
  const api: Audience = 'api';
  const known: { method: string; segment: string; audience: Audience }[] = [
    ...always.map((segment) => ({ method: 'GET', segment, audience: api })),
    ...routes.map(({ method, path, audience }) => ({ method, segment: firstSegment(path), audience })),
    ...[...contracts].map((segment) => ({ method: 'POST', segment, audience: api })),
  ];
  const others = routes.some(({ audience }) => audience === 'page') ? 'page' : 'api';
  return (method, target) => {
    const asked = method === 'HEAD' ? 'GET' : method;
    const near = known.filter(({ segment }) => segment === firstSegment(target));
    return (near.find((one) => one.method === asked) ?? near[0])?.audience ?? others;
  };
}
