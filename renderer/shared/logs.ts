/** A line of a unit's output. */
export interface LogEntry {
  number: number;
  atMs: number;
  unit: string;
  stream: 'stdout' | 'stderr';
  line: string;
}

export interface LogFilter {
  search: string;
  unit: string | null;
  errorsOnly: boolean;
}

/** The lines that match; the search ignores case and looks at line and unit. */
export function filterLogs<T extends LogEntry>(lines: readonly T[], filter: LogFilter): readonly T[] {
  const search = filter.search.trim().toLowerCase();
  if (search === '' && filter.unit === null && !filter.errorsOnly) return lines;
  return lines.filter(
    (line) =>
      (filter.unit === null || line.unit === filter.unit) &&
      (!filter.errorsOnly || line.stream === 'stderr') &&
      (search === '' || line.line.toLowerCase().includes(search) || line.unit.toLowerCase().includes(search)),
  );
}

/** Which lines of fixed height are in view, with some above and below. */
export function windowOf(
  count: number,
  lineHeight: number,
  scrollTop: number,
  height: number,
  spare = 12,
): { from: number; to: number } {
  const from = Math.max(0, Math.min(count, Math.floor(scrollTop / lineHeight) - spare));
  const to = Math.max(from, Math.min(count, Math.ceil((scrollTop + height) / lineHeight) + spare));
  return { from, to };
}

const ownStamp = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)\s+/;

/** A line without the time that it begins with itself: every line is shown with one already. */
export function withoutStamp(line: string): string {
  return line.replace(ownStamp, '');
}
