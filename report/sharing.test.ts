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
