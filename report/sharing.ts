import { printable } from '../engine/model/index.ts';

/** A name in a path: with up to two blanks where something of the path comes after it, else up to the first. */
const nameIn = (separator: string): string =>
  `(?:[^\\\\/\\s"':,;]+(?: [^\\\\/\\s"':,;]+){0,2}(?=${separator})|[^\\\\/\\s"':,;]+)`;
/** Where systems keep people's folders: on a drive, in a share, at the root; backslashes may be doubled, as in JSON. */
const homes = [
  new RegExp(`(/(?:home|users)/)${nameIn('/')}`, 'gi'),
  new RegExp(`([a-z]:\\\\+users\\\\+)${nameIn(String.raw`\\`)}`, 'gi'),
  new RegExp(`(\\\\\\\\+[^\\\\/\\s"':,;]+\\\\+(?:homes?|users|profiles)\\$?\\\\+)${nameIn(String.raw`\\`)}`, 'gi'),
];

/** Replaces the names of home folders in a text, so that what is shared names nobody. */
export function withoutNames(text: string): string {
  return homes.reduce((cleaned, pattern) => cleaned.replace(pattern, '$1user'), text);
}

const longestWords = 4000;

/** The same value with every home folder's name replaced, in all its strings but long encoded ones, and nothing in them that acts on what shows it. */
export function forSharing<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return printable(value.length > longestWords ? value : withoutNames(value));
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
