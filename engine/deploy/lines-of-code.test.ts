import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOfCode } from './lines-of-code.ts';

it.each([
  ['nothing', '', 0],
  ['blank lines', '\n \n\t\n', 0],
  ['one line', 'const a = 1;', 1],
  ['lines of every ending', 'a\r\nb\rc\nd', 4],
  ['a comment of a line', '// a\n  // b\na // c', 1],
  ['a comment over lines', '/**\n * a\n */\nexport const a = 1; /* b\n', 1],
  ['code behind the end of a comment', '/* a\n b */ const c = 1;', 1],
  ['one comment behind another', '/* a */ /* b */ // c', 0],
  ['a comment that never ends', '/* a\nb\nc', 0],
  ['what looks like a comment within a line', 'const url = "http://a/*";\nconst b = 1;', 2],
])('of %s', (_, text, lines) => {
  expect(linesOfCode(text)).toBe(lines);
});

it('are as many whatever comments and blank lines are between them', () => {
  const code = fc.constantFrom('const a = 1;', '}', 'return a / b;', 'x = "/*"; // y');
  const quiet = fc.constantFrom('', '   ', '// no', '/* no */', '/*\n no\n*/', '/**\n * no\n */');
  fc.assert(
    fc.property(fc.array(fc.tuple(code, quiet)), (lines) => {
      expect(linesOfCode(lines.flat().join('\n'))).toBe(lines.length);
    }),
  );
});
