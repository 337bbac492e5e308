/** The distinct words of a text, lower case: what a search can find. At most eight. */
export function terms(text: string): Set<string> {
  return new Set((text.toLowerCase().match(/[a-z0-9]+/g) ?? []).slice(0, 8));
}
