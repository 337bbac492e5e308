/**
 * The distinct words of a text: runs of letters and digits of any script, in lower case, without accents and what cannot be seen, and in one form where Unicode has
 * several for the same letters.
 */
export function terms(text: string): Set<string> {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f\p{Cf}\p{Variation_Selector}]/gu, '');
  return new Set(plain.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu));
}
