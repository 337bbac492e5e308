import type { IncomingMessage } from 'node:http';

/** Where a run is when it asks something of the engine. */
export const phases = ['opening', 'building', 'starting', 'measuring', 'closing'] as const;
/** A run of an experiment is in the first of these, one that replaces instances in the last one too. */
export type Phase = (typeof phases)[number] | 'replacing';

/** A kind of call: what is asked, without of which thing, and when. */
export interface CallKind {
  method: string;
  route: string;
  phase: Phase;
}

/** Names a kind of call. */
export function nameOf({ method, route, phase }: CallKind): string {
  return `${method} ${route}, ${phase}`;
}

/** What a request asks, whichever thing it asks it of and whichever version of the API it speaks. */
export function routeOf({ url = '/' }: Pick<IncomingMessage, 'url'>): string {
  const { pathname, searchParams } = new URL(url, 'http://engine');
  const [, kind = '', ...rest] = pathname.replace(/^\/v1\.\d+(?=\/)/, '').split('/');
  const follows = searchParams.get('follow') === 'true' || searchParams.get('follow') === '1';
  return `/${[kind, ...withoutNames(kind, rest)].join('/')}${follows ? '?follow' : ''}`;
}

const ofAll = new Set(['json', 'create', 'prune', 'search']);

function withoutNames(kind: string, rest: readonly string[]): string[] {
  const last = rest.at(-1) ?? '';
  if (rest.length === 0 || (rest.length === 1 && ofAll.has(last))) return [...rest];
  switch (kind) {
    case 'images':
      // A name of an image has slashes of its own.
      return last === 'json' ? ['{name}', last] : ['{name}'];
    case 'containers':
    case 'networks':
    case 'volumes':
      return ['{name}', ...rest.slice(1)];
    default:
      return [...rest];
  }
}
