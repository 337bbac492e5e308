import type { Result } from '../../engine/model/index.ts';

/** A text that a file may hold and that tries to break out of HTML, an attribute, a script element, XML, Markdown and a spreadsheet at once. */
export const hostile = `=cmd|'/c calc'!A1"'><img src=x onerror=alert(1)></script><script>alert(2)</script><!--]]>&amp;|*_\`[x](javascript:alert(3))`;

/**
 * What no file may hold and only a result in memory can: it begins a command on a terminal that knows C1, rings, turns the writing around,
 * annotates, and ends in a noncharacter and half of an emoji.
 */
export const acting =
  'a\u009b31mb\u0085c\u001bd\u0007\u202ee\u2066f\u200e\u061cg\u206a\ufff9h\ufffb\ufdd0\uffff\u{1fffe}\ud83d';

const actingCharacters =
  /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u206a-\u206f\ufff9-\ufffb]/u;

/** The first text in a value, names of fields included, in which something acts on what shows it; undefined where nothing does. */
export function actingIn(value: unknown): string | undefined {
  if (typeof value === 'string') return actingCharacters.test(value) ? value : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const found = actingIn(name) ?? actingIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

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

/** The same result with `text` in every other field that holds free text. Names that link one part to another are kept, so that all parts are still drawn. */
export function poisoned(result: Result, text = hostile): Result {
  return poison(result, '', text) as Result;
}

function poison(value: unknown, key: string, text: string): unknown {
  if (typeof value === 'string') {
    if (kept.has(key) || /^[a-z][a-z0-9-]{0,39}$/.test(value)) return value;
    // What must be a route still is one: visible ASCII behind a slash.
    return value.startsWith('/') ? `/${text.replace(/[^\x21-\x7e]/g, '')}` : text;
  }
  if (Array.isArray(value)) return value.map((inner) => poison(inner, key, text));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, poison(inner, name, text)]));
  return value;
}
