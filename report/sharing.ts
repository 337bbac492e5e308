import { printable } from '../engine/model/index.ts';

/** Of a name in a path; an apostrophe only where the name goes on behind it, for paths are quoted in them too. */
const inName = (separator: string): string => `(?:[^\\\\/\\s"',:;]|'(?=[\\p{L}\\p{N}]|${separator}))+`;
/** A name in a path: all words up to the separator where something of the path comes after it on that line, else up to the first blank. */
const nameIn = (separator: string): string =>
  `(?:${inName(separator)}(?:[^\\S\\r\\n]+${inName(separator)})*(?=${separator})|${inName(separator)})`;
/** Where systems keep people's folders: on a drive, in a share, at the root; backslashes may be doubled, as in JSON. */
const homes = [
  new RegExp(`(/(?:home|users)/)${nameIn('/')}`, 'giu'),
  new RegExp(`([a-z]:\\\\+users\\\\+)${nameIn(String.raw`\\`)}`, 'giu'),
  // Only from the first of several backslashes on, which keeps the time in proportion to the text.
  new RegExp(
    `((?<!\\\\)\\\\\\\\+[^\\\\/\\s"',:;]+\\\\+(?:homes?|users|profiles)\\$?\\\\+)${nameIn(String.raw`\\`)}`,
    'giu',
  ),
];

/** Replaces the names of home folders in a text, so that what is shared names nobody. */
export function withoutNames(text: string): string {
  return homes.reduce((cleaned, pattern) => cleaned.replace(pattern, '$1user'), text);
}

/** The same value with every home folder's name replaced, in all its strings but encoded histograms, and nothing in them that acts on what shows it. */
export function forSharing<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return printable(withoutNames(value));
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        withoutNames(printable(key)),
        isHistogram(key) ? inner : clean(inner),
      ]),
    );
  return value;
}

const histograms = new Set(['responseTime', 'punctualTime', 'serviceTime', 'failureAge']);
const isHistogram = (key: string): boolean => histograms.has(key);
