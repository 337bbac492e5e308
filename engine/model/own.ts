/**
 * What `record` itself holds under a name that came from outside. Plain look-up also finds what every object inherits: an application
 * that is asked for the topology `constructor` would seem to have it.
 */
export function own<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * Where a parsed value holds something under the name `__proto__`, as a dotted path; undefined: nowhere. Schemas drop that name without a
 * word, so it is refused before they see it.
 */
export function prototypeNamePath(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, item] of Object.entries(value)) {
    const here = [...path, name];
    const found = name === '__proto__' ? here.join('.') : prototypeNamePath(item, here);
    if (found !== undefined) return found;
  }
  return undefined;
}
