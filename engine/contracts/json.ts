/** What is said of a value from elsewhere is bounded: deeper values are not read. */
const deepest = 64;
const longest = 80;

/** Whether a JSON value is nested deeper than 64 levels. */
export function isTooDeep(value: unknown, left = deepest): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1));
}

/** A value in at most 80 characters of one line; `nothing` where there is none. */
export function inShort(value: unknown): string {
  return shortened(value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing'));
}

export function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/** What lies at a path of names and indices, and nothing that every object inherits. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? at[name as keyof typeof at] : undefined,
    value,
  );
}
