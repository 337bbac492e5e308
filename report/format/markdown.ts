/** A table with these headings; a word where it would be empty. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'Nothing here.';
  const line = (cells: readonly string[]): string => `| ${cells.map(text).join(' | ')} |`;
  return [line(headings), `| ${headings.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Text that stays text: no markup, no tables broken, no HTML, no links, whatever it begins with. */
export function text(value: string): string {
  return (
    value
      .replace(/[\r\n\t]+/g, ' ')
      .trim()
      .replace(/[\\`*_{}[\]#|~!@]/g, '\\$&')
      // Entities of others would be read as what they stand for.
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // Addresses become links by themselves.
      .replace(/:(?=\/\/)|(?<=www)\./gi, '\\$&')
      // What would begin a list, or rule a line.
      .replace(/^(?:[-+](?=\s|$)|-(?=[-\s]*$)|\d+(?=[.)](?:\s|$)))/, (start) =>
        /\d/.test(start) ? `${start}\\` : `\\${start}`,
      )
  );
}
