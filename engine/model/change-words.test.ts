import { expect, it } from 'vitest';
import { changeKindInWords, changesToChoose, changeTitle } from './change-words.ts';
import { changeKindSchema, type ChangeKind } from './change.ts';

const change = (kind: ChangeKind) => ({ title: `A ${kind}`, summary: '', kind, patch: 'a.patch' });

it('kinds of changes read differently and as words', () => {
  const said = changeKindSchema.options.map(changeKindInWords);
  expect(new Set(said).size).toBe(said.length);
  for (const text of said) expect(text).toMatch(/^[a-z][a-z, ]+$/);
  expect([changeKindInWords('additive-contract'), changeKindInWords('bug-unready')]).toEqual([
    'adds to a contract',
    'bug that never gets ready',
  ]);
});

it('changes are chosen from groups, fixes first and bugs last, each once', () => {
  const changes = {
    leak: change('bug-leak'),
    second: change('rename-migrate'),
    other: change('fix'),
    first: change('rename-expand'),
    one: change('fix'),
  };
  expect(changesToChoose({ changes }).map(({ group, changes: of }) => [group, of.map(({ name }) => name)])).toEqual([
    ['Fixes', ['other', 'one']],
    ['Renames', ['first', 'second']],
    ['Bugs', ['leak']],
  ]);
  expect(changesToChoose({})).toEqual([]);
  const every = Object.fromEntries(changeKindSchema.options.map((kind) => [kind, change(kind)]));
  expect(changesToChoose({ changes: every }).flatMap((one) => one.changes)).toHaveLength(
    changeKindSchema.options.length,
  );
});

it('a change that no manifest knows goes by its name', () => {
  expect(changeTitle({ changes: { one: change('fix') } }, 'one')).toBe('A fix');
  expect([changeTitle({}, 'gone'), changeTitle({ changes: {} }, 'toString')]).toEqual(['gone', 'toString']);
});
