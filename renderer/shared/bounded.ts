/** Appends `items` and keeps only the last `limit`; returns the same list when there is nothing to add. */
export function appendBounded<T>(list: readonly T[], items: readonly T[], limit: number): readonly T[] {
  if (items.length === 0) return list;
  if (items.length >= limit) return items.slice(items.length - limit);
  const keep = Math.max(0, limit - items.length);
  return [...(list.length > keep ? list.slice(list.length - keep) : list), ...items];
}
