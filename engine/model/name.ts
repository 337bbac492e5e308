import { z } from 'zod';

/** Lower-case identifier of a module, unit, topology, variant, endpoint or journey: 1 to 40 letters, digits and hyphens, starting with a letter. */
export const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be 1 to 40 lower-case letters, digits or hyphens, starting with a letter');

/** Control characters of both sets (C0, C1), halves of surrogate pairs, and what breaks a line. */
const hasUnprintable = /[\p{Cc}\p{Cs}\u2028\u2029]/u;
const unprintableButLayout = /(?![\t\n\r])[\p{Cc}\p{Cs}]/gu;

/** Free text shown to people: bounded, with something to see in it, and nothing that acts on what shows it. */
export const titleSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !hasUnprintable.test(text), 'must not contain control characters')
  .refine((text) => text === '' || /[^\p{Z}\p{C}\s]/u.test(text), 'must not be blank');

/**
 * Text from elsewhere (units, engines, files) made fit to be shown: line breaks and tabs stay, any other control character, which could act
 * on the terminal or break the document, becomes a replacement character.
 */
export function printable(text: string): string {
  return text.replaceAll(unprintableButLayout, '\ufffd');
}

/** The same value with every string in it printable. */
export function allPrintable<T>(value: T): T {
  return mapped(value) as T;
}

function mapped(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapped(inner)]));
  return value;
}
