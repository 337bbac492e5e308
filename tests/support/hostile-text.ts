import fc from 'fast-check';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Values that are somewhere read wrongly: beyond numbers, beyond memory, of another kind, or with names that objects have of themselves. */
const values: Json[] = [
  ...[null, true, false, 0, -0, -1, 1.5, 0.1 + 0.2, 2 ** 31, 4_294_967_295, 2 ** 53, -(2 ** 63), 1e308, 1e-320],
  ...[
    '',
    ' ',
    '0',
    '-1',
    'null',
    'NaN',
    'x'.repeat(5000),
    '\u0000',
    '\u200b',
    '\ufeff',
    '\ud800',
    '\u{1f600}',
    '\r\n',
    '\u2028',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '../../x',
    '/etc/passwd',
    '${x}',
    '<script>',
    '=1+1',
    '1999-01-01T00:00:00.000Z',
  ],
  ...[
    [],
    {},
    [[]],
    [{}],
    [null],
    { a: 1 },
    { constructor: 1 },
    { toString: null },
    { length: -1 },
    Array.from({ length: 300 }, () => 0),
  ],
];
/** Pieces that break a text, or mean something in it. */
const pieces = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    '\\',
    '\n',
    '\r',
    '\t',
    ' ',
    '-',
    '#',
    '&a ',
    '*a ',
    '!!js/function ',
    '? ',
    '| ',
    '> ',
    '%',
    '@',
  ],
  ...[
    'null',
    '1e999',
    '-0',
    '0x10',
    '"__proto__":1,',
    '"constructor":{},',
    '\\u0000',
    '\\ud800',
    '\u0000',
    '\ufeff',
    '\u{1f600}',
    '<<: ',
    '---\n',
    '...\n',
  ],
];

/** Every place in a value, as the names that lead there. */
function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))];
}

function replaced(value: Json, path: readonly string[], change: (old: Json) => Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return change(value) ?? null;
  if (Array.isArray(value))
    return value.flatMap((inner, at) => {
      if (String(at) !== name) return [inner];
      const next = rest.length === 0 ? change(inner) : replaced(inner, rest, change);
      return next === undefined ? [] : [next];
    });
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
      if (key !== name) return [[key, inner]];
      const next = rest.length === 0 ? change(inner) : replaced(inner, rest, change);
      return next === undefined ? [] : [[key, next]];
    }),
  );
}

/** A text of this form with something wrong in it: a value that is another, gone, or called something else; or a piece of text out of place. */
export function hostileText(sound: string, form: 'json' | 'yaml' | 'plain'): fc.Arbitrary<string> {
  const broken = fc
    .record({
      at: fc.nat(sound.length),
      length: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: sound.length })),
      instead: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8, unit: 'binary' })),
    })
    .map(({ at, length, instead }) => sound.slice(0, at) + instead + sound.slice(at + length));
  if (form === 'plain') return broken;
  const value = (form === 'json' ? JSON.parse(sound) : parseYaml(sound)) as Json;
  const places = placesIn(value);
  const write = (changed: Json): string => (form === 'json' ? JSON.stringify(changed) : stringifyYaml(changed));
  const place = fc.nat(places.length - 1).map((at) => places[at] ?? []);
  const other = fc
    .record({ place, instead: fc.option(fc.constantFrom(...values), { nil: undefined }) })
    .map(({ place: path, instead }) => write(replaced(value, path, () => instead)));
  const more = fc
    .record({
      place,
      name: fc.constantFrom('__proto__', 'constructor', 'x', '', 'toString'),
      instead: fc.constantFrom(...values),
    })
    .map(({ place: path, name, instead }) =>
      write(
        replaced(value, path, (old) =>
          typeof old === 'object' && old !== null && !Array.isArray(old)
            ? Object.fromEntries([...Object.entries(old), [name, instead]])
            : [old, instead],
        ),
      ),
    );
  return fc.oneof(broken, { arbitrary: other, weight: 3 }, more);
}
