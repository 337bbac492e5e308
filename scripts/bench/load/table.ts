/** A Markdown table; `null` is shown as a dash. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const text = rows.map((row) =>
    row.map((cell) => (cell === null ? '-' : typeof cell === 'number' ? figure(cell) : cell)),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...text.map(line)].join('\n');
}

/** Three digits. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(Math.abs(value) < 0.01 ? 1 : 3);
}

/** The middle value; null without any. */
export function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}
