import type { Result } from '../../engine/model/index.ts';

/** A text that tries to break out of HTML, an attribute, a script element, XML, Markdown and a spreadsheet at once. */
export const hostile = `=cmd|'/c calc'!A1"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!--]]>&amp;\u202E|*_\`[x](javascript:alert(3))`;

/** Fields that only take words of the model, and encoded histograms. */
const kept = new Set([
  ...[
    'schema',
    'kind',
    'status',
    'probe',
    'metric',
    'verdict',
    'runtime',
    'responseTime',
    'punctualTime',
    'serviceTime',
    'failureAge',
    'method',
    'family',
    'startedAt',
    'endedAt',
    'id',
    'version',
    'scope',
  ],
  ...[
    'need',
    'buildKind',
    'pacer',
    'bounded',
    'recoverCountedFrom',
    'arrivals',
    'method',
    'store',
    'consistency',
    'unit',
    'variant',
    'endpoint',
    'label',
  ],
]);

/** The same result with the hostile text in every other field that holds free text. Names that link one part to another are kept, so that all parts are still drawn. */
export function poisoned(result: Result): Result {
  return poison(result, '') as Result;
}

function poison(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    if (kept.has(key) || /^[a-z][a-z0-9-]{0,39}$/.test(value)) return value;
    // What must be a route still is one: visible ASCII behind a slash.
    return value.startsWith('/') ? `/${hostile.replace(/[^\x21-\x7e]/g, '')}` : hostile;
  }
  if (Array.isArray(value)) return value.map((inner) => poison(inner, key));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poison(inner, name)]));
  return value;
}
