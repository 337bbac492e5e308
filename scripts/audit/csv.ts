/** Reads comma-separated values with quotes (RFC 4180), a record a line, by the names of the first line. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  let [cell, quoted, wasQuoted] = ['', false, false];
  const endCell = () => {
    rows.at(-1)?.push(cell);
    [cell, wasQuoted] = ['', false];
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
      else quoted = false;
    } else if (character === '"' && cell === '' && !wasQuoted) [quoted, wasQuoted] = [true, true];
    else if (character === ',') endCell();
    else if (character === '\n') {
      endCell();
      rows.push([]);
    } else if (character !== '\r') cell += character;
  }
  if (cell !== '' || (rows.at(-1)?.length ?? 0) > 0) endCell();
  const [heading = [], ...records] = rows.filter((row) => row.length > 0);
  return records.map((row) => Object.fromEntries(heading.map((name, index) => [name, row[index] ?? ''])));
}
