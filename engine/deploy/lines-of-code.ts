/**
 * Lines of a source file that say something: those that are neither blank, nor begin with `//`, nor lie in a comment that begins a line. A comment behind code counts with its line; of a text
 * over several lines, one that looks like a comment does not count. Pure.
 */
export function linesOfCode(text: string): number {
  let inComment = false;
  let lines = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    let rest = line.trim();
    while (rest !== '' || inComment) {
      if (inComment) {
        const end = rest.indexOf('*/');
        if (end === -1) break;
        inComment = false;
        rest = rest.slice(end + 2).trim();
      } else if (rest.startsWith('/*')) {
        inComment = true;
        rest = rest.slice(2);
      } else {
        if (!rest.startsWith('//')) lines += 1;
        break;
      }
    }
  }
  return lines;
}
