import { z } from 'zod';

/**
 * What acts on whatever shows a text instead of being shown: controls of both sets (C0, C1), marks that turn the direction of writing
 * (Bidi_Control, UAX #9) and the deprecated ones beside them, annotation marks, and what is no text at all: halves of surrogate pairs and
 * noncharacters. Line breaks and tabs are layout.
 */
const acting = String.raw`(?![\t\n\r])[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u206a-\u206f\ufff9-\ufffb]`;
const hasActing = new RegExp(acting, 'u');
const everyActing = new RegExp(acting, 'gu');
const breaksLine = /[\t\n\r\u2028\u2029]/;

/** Letters, digits and signs, but for those that leave nothing to see: fillers, blank glyphs, what is ignored by default. */
const visible = /(?![\p{Default_Ignorable_Code_Point}\u2800\ufffc\u{1d159}\u{13441}\u{13442}])[\p{L}\p{N}\p{P}\p{S}]/u;

const allowed =
  'must be plain text, without control characters, marks that turn the direction of writing, or halves of characters';

/** Whether there is something to see in a text. */
export function isVisible(text: string): boolean {
  return visible.test(text);
}

/** Free text of at most `longest` UTF-16 units, with line breaks and tabs, and nothing that acts on what shows it; may be empty. */
export const freeTextSchema = (longest: number) =>
  z
    .string()
    .max(longest, `must have at most ${longest} characters`)
    .refine((text) => !hasActing.test(text), allowed);

/** Free text in one line, in which there is something to see. */
export const lineSchema = (longest: number) =>
  freeTextSchema(longest)
    .min(1, 'must not be empty')
    .refine((text) => !breaksLine.test(text), 'must be one line')
    .refine((text) => text === '' || isVisible(text), 'must not be blank');

/** What a thing is called for people. */
export const titleSchema = lineSchema(200);

/** A word by which a person finds results again. */
export const tagSchema = lineSchema(60);

/** What a person wrote about a thing; may be empty. */
export const notesSchema = freeTextSchema(20_000);

/** Words that programs wrote for people: free text of any length. */
export const proseSchema = freeTextSchema(Number.MAX_SAFE_INTEGER);

/**
 * Text from elsewhere (units, engines, files) made fit to be shown: line breaks and tabs stay, anything else that could act on the terminal, turn
 * the text around it or break the document becomes a replacement character.
 */
export function printable(text: string): string {
  return text.replaceAll(everyActing, '\ufffd');
}

/** The same value with every string in it printable, names of fields included. */
export function allPrintable<T>(value: T): T {
  return mapped(value) as T;
}

function mapped(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(mapped);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [printable(key), mapped(inner)]));
  return value;
}
