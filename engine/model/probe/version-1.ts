export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object changed; anything else as it is. */
export const change = (value: unknown, how: (fields: Fields) => Fields): unknown =>
  isFields(value) ? how(value) : value;

/** The objects of a list changed; anything else as it is. */
export const each = (value: unknown, how: (one: Fields) => Fields): unknown =>
  Array.isArray(value) ? value.map((one: unknown) => change(one, how)) : value;

export const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));

/** The fields of those names, and all others. */
export function parted(old: Fields, names: ReadonlySet<string>): { named: Fields; others: Fields } {
  const of = (wanted: boolean): Fields =>
    Object.fromEntries(Object.entries(old).filter(([field]) => names.has(field) === wanted));
  return { named: of(true), others: of(false) };
}
