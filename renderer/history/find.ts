import type { ResultSummary } from '../../engine/model/index.ts';

export interface HistoryQuery {
  search: string;
  tags: readonly string[];
}

/** Results that have every word in title, variants, tags, preset, findings or notes, and every tag; newest first. */
export function findResults(results: readonly ResultSummary[], query: HistoryQuery): ResultSummary[] {
  const words = query.search.toLowerCase().split(/\s+/).filter(Boolean);
  return results
    .filter((result) => {
      if (!query.tags.every((tag) => result.tags.includes(tag))) return false;
      if (words.length === 0) return true;
      const text = [
        result.title,
        result.application,
        result.preset ?? '',
        result.status,
        ...result.variants,
        ...result.tags,
        ...result.headlines,
        result.notes,
      ]
        .join('\n')
        .toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** Every tag in use with how often, the most used first. */
export function tagsOf(results: readonly ResultSummary[]): { tag: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const result of results) for (const tag of result.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts]
    .map(([tag, count]) => ({ tag, count }))
    .toSorted((a, b) => b.count - a.count || a.tag.localeCompare(b.tag));
}

/** The items of a page, from 1, and how many pages there are. */
export function pageOf<T>(
  items: readonly T[],
  page: number,
  size: number,
): { items: readonly T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const at = Math.min(Math.max(1, page), pages);
  return { items: items.slice((at - 1) * size, at * size), page: at, pages };
}
