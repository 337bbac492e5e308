import Table from 'cli-table3';

/** Width that every terminal has. */
export const terminalColumns = 80;

const none = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** Text in columns of these widths, wrapped between words, without any line. */
export function columns(rows: readonly (readonly string[])[], widths: readonly number[]): string {
  const table = new Table({
    chars: none,
    colWidths: [...widths],
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1, compact: true },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A paragraph that breaks between words. */
export function paragraph(text: string): string {
  return columns([[text]], [terminalColumns]);
}
