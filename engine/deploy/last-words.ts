/** Lines of a log that are shown at most, and columns of each. */
const mostLines = 10;
const mostColumns = 200;

/** The end of a log as it stands in a message: nothing that is empty, nothing twice in a row, nothing longer than a screen is wide. Pure. */
export function lastWords(lines: readonly string[]): string {
  const said = lines
    .map((line) => line.trimEnd())
    .map((line) => (line.length > mostColumns ? `${line.slice(0, mostColumns)}...` : line))
    .filter((line, index, all) => line !== '' && line !== all[index - 1])
    .slice(-mostLines);
  if (said.length === 0) return 'it wrote no log';
  return `its last log lines:\n${said.map((line) => `  ${line}`).join('\n')}`;
}
