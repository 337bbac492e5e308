import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replacedFolders } from './replaced.ts';

it.each([
  ['nothing', 'module a\n\ngo 1.19\n', []],
  ['one', 'module a\nreplace b => ../b', ['../b']],
  ['one of a version', 'replace b v1.2.3 => ../b // here', ['../b']],
  ['a block', 'replace (\n\tb => ./b\n\tc v1.0.0 => "/with space/c"\n)\n', ['./b', '/with space/c']],
  ['a raw text', 'replace b => `../b`', ['../b']],
  ['another published one', 'replace b => example.com/c v1.2.3', []],
  ['a comment', '// replace b => ../b', []],
])('are found in %s', (_, text, folders) => {
  expect(replacedFolders(text)).toEqual(folders);
});

it('are found wherever they are written, and whatever is around them', () => {
  const path = fc.stringMatching(/^\.\.?\/[a-z0-9-]{1,8}(\/[a-z0-9-]{1,8}){0,3}$/);
  const other = fc.constantFrom('', 'go 1.19', 'require b v0.0.0', '// replace x => ../x', ')', 'replace (');
  const line = fc.tuple(path, fc.constantFrom('replace b => ', '\tb v1.0.0 =>   '), fc.constantFrom('', ' // why'));
  fc.assert(
    fc.property(fc.array(fc.tuple(other, line)), (lines) => {
      const text = lines.flatMap(([before, [folder, head, tail]]) => [before, `${head}${folder}${tail}`]).join('\n');
      expect(replacedFolders(text)).toEqual(lines.map(([, [folder]]) => folder));
    }),
  );
});
