import type { Random } from '../model/index.ts';

/** Most of what may be repeated without an end. */
const mostOfMany = 6;
const words = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_';
const digits = '0123456789';

/**
 * A text that a pattern lets through: letters as they are, `\d`, `\w`, classes such as `[a-z0-9_-]`, and how often. Of anything else in a pattern the text is
 * simply one that may be refused, which is a request like any other.
 */
export function textLike(pattern: string, random: Random): string {
  const atom = /\\(.)|\[((?:\\.|[^\]\\])+)\]|([^\\[\]{}()|^$*+?])/.source;
  const often = /(\{(\d+)(?:(,)(\d*))?\}|[*+?])?/.source;
  let text = '';
  for (const [, escaped, inClass, plain, how, least, comma, most] of pattern.matchAll(
    new RegExp(`(?:${atom})${often}`, 'g'),
  )) {
    const letters = escaped === undefined ? (inClass === undefined ? plain : lettersOf(inClass)) : known(escaped);
    const count = random.integer(...range(how, least, comma, most));
    for (let index = 0; index < count; index++) text += letters?.charAt(random.integer(0, letters.length - 1)) ?? '';
  }
  return text;
}

function range(how?: string, least?: string, comma?: string, most?: string): [number, number] {
  switch (how) {
    case undefined:
    case '':
      return [1, 1];
    case '?':
      return [0, 1];
    case '*':
      return [0, mostOfMany];
    case '+':
      return [1, mostOfMany];
    default: {
      const from = Number(least);
      if (comma === undefined) return [from, from];
      return [from, most === undefined || most === '' ? from + mostOfMany : Number(most)];
    }
  }
}

function known(escaped: string): string {
  if (escaped === 'd') return digits;
  return escaped === 'w' ? words : escaped;
}

function lettersOf(inClass: string): string {
  let letters = '';
  for (const [, escaped, from, to, one] of inClass.matchAll(/\\(.)|(.)-(.)|(.)/g)) {
    if (escaped !== undefined) letters += known(escaped);
    else if (from !== undefined && to !== undefined)
      for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++) letters += String.fromCharCode(code);
    else letters += one ?? '';
  }
  return letters;
}
