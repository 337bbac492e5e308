/**
 * The distinct words of a text: runs of letters and digits of any script, in lower case, without accents and what cannot be seen, and in one form where Unicode has
 * several for the same letters. Signs and emoji separate words, also those that Unicode would write out as letters: `Kettle™` is a kettle.
 */
export function terms(text: string): Set<string> {
  const plain = text
    // Letters in circles and the like are signs by category, and letters to who reads them.
    .replaceAll(/(?!\p{Alphabetic})\p{S}/gu, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f\p{Cf}\p{Me}\p{Variation_Selector}]/gu, '');
  return new Set(plain.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu));
}
