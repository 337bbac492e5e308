import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forSharing, withoutNames } from './sharing.ts';

test.each([
  ['/home/ada/cleave/result.json', '/home/user/cleave/result.json'],
  ['/home/ada', '/home/user'],
  ['in /home/ada, and in /home/bob.', 'in /home/user, and in /home/user'],
  ['/Users/Ada Lovelace/Library/x', '/Users/user/Library/x'],
  ['/var/home/ada/x', '/var/home/user/x'],
  ['file:///home/ada/x', 'file:///home/user/x'],
  [String.raw`C:\Users\ada\x`, String.raw`C:\Users\user\x`],
  [String.raw`c:\users\ada\x`, String.raw`c:\users\user\x`],
  [String.raw`C:\Users\Ada King Lovelace\AppData\x`, String.raw`C:\Users\user\AppData\x`],
  [String.raw`"C:\\Users\\Ada Lovelace\\x"`, String.raw`"C:\\Users\\user\\x"`],
  ['C:/Users/Ada Lovelace/x', 'C:/Users/user/x'],
  ['/mnt/c/Users/ada/x', '/mnt/c/Users/user/x'],
  [String.raw`\\server\home\ada\x`, String.raw`\\server\home\user\x`],
  [String.raw`\\server.example\Users$\Ada Lovelace\x`, String.raw`\\server.example\Users$\user\x`],
  ['//server/home/ada/x', '//server/home/user/x'],
  [String.raw`C:\Users\Sean O'Brien\a.ts`, String.raw`C:\Users\user\a.ts`],
  [String.raw`"C:\\Users\\Sean O'Brien\\a.ts"`, String.raw`"C:\\Users\\user\\a.ts"`],
  ["/home/o'brien/x", '/home/user/x'],
  ["in /home/o'brien", 'in /home/user'],
  ["open '/home/ada' or '/home/bob/x'", "open '/home/user' or '/home/user/x'"],
  ["['/home/ada','/home/bob']", "['/home/user','/home/user']"],
  ['/Users/Maria del Carmen Lopez/x', '/Users/user/x'],
  [String.raw`C:\Users\Ana Maria de la Cruz y Santos\x`, String.raw`C:\Users\user\x`],
  [String.raw`\\server\profiles\Maria del Carmen O'Neill Lopez\x`, String.raw`\\server\profiles\user\x`],
  ['/home/ada is full\nsee a/b', '/home/user is full\nsee a/b'],
  ['/home/ada is full, see /tmp', '/home/user is full, see /tmp'],
  ['/srv/cleave/x', '/srv/cleave/x'],
  ['2 users / 3 homes', '2 users / 3 homes'],
])('%s names nobody', (text, shared) => expect(withoutNames(text)).toBe(shared));

test('nobody is named in any text of what is shared, nor in the names of its fields', () => {
  const shared = forSharing({
    a: ['/home/ada/x'],
    b: { '/home/ada/y': 1, c: String.raw`c:\users\ada` },
    responseTime: '/home/ada/x',
  });
  expect(JSON.stringify({ ...shared, responseTime: '' })).not.toContain('ada');
});

test('nor in a long one', () => {
  const notes = `${'Nothing of note. '.repeat(1000)}See /home/ada/x.`;
  expect(forSharing({ notes }).notes).toBe(notes.replace('ada', 'user'));
});

test('a name of any words is taken whole, and what stands around its path stays', () => {
  const word = fc
    .tuple(fc.constantFrom('', "O'", 'd’', 'Jean-'), fc.stringMatching(/^[A-Z][a-zà-ÿ]{1,9}$/u))
    .map((parts) => parts.join(''));
  const names = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      names,
      fc.constantFrom(['/home/', '/'], ['C:\\Users\\', '\\'], ['\\\\srv\\users$\\', '\\']),
      (name, way) => {
        const [before = '', after = ''] = way;
        expect(withoutNames(`see "${before}${name}${after}a.ts": no`)).toBe(`see "${before}user${after}a.ts": no`);
      },
    ),
  );
});
