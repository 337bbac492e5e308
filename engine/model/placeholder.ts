/** `${name}` in a text, which a journey replaces by a variable. */
export const placeholder = /\$\{([^}]*)\}/g;

/** Names of the variables that `text` mentions as `${name}`. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(placeholder)].map((match) => match[1] ?? '');
}

/** Every `${name}` in the strings of a JSON value; names of fields are not replaced. */
export function jsonPlaceholders(value: unknown): string[] {
  if (typeof value === 'string') return placeholdersOf(value);
  if (Array.isArray(value)) return value.flatMap(jsonPlaceholders);
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(jsonPlaceholders);
  return [];
}
