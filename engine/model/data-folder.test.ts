import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataFolder } from './data-folder.ts';

const home = '/home/ada';
const onLinux = (environment: Record<string, string>) =>
  dataFolder({ platform: 'linux', environment, home, path: path.posix });

test.each<[string, Record<string, string>, string]>([
  ['nothing given', {}, '/home/ada/.local/share/cleave'],
  ['an absolute folder', { XDG_DATA_HOME: '/data' }, '/data/cleave'],
  ['an empty one', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/cleave'],
  ['a relative one', { XDG_DATA_HOME: 'data' }, '/home/ada/.local/share/cleave'],
  ['a folder up', { XDG_DATA_HOME: '../data' }, '/home/ada/.local/share/cleave'],
  ['a tilde, which no shell has read', { XDG_DATA_HOME: '~/data' }, '/home/ada/.local/share/cleave'],
  ['an own folder', { CLEAVE_DATA_DIR: '/own', XDG_DATA_HOME: '/data' }, '/own'],
  ['an empty own folder', { CLEAVE_DATA_DIR: '', XDG_DATA_HOME: '/data' }, '/data/cleave'],
])('with %s', (_what, environment, expected) => {
  expect(onLinux(environment)).toBe(expected);
});

test('it is absolute whatever the environment says, on every system', () => {
  const value = fc.option(fc.oneof(fc.constantFrom('', '.', 'a/b', '/a', 'C:\\a', '~'), fc.string()), {
    nil: undefined,
  });
  fc.assert(
    fc.property(
      fc.constantFrom('linux', 'darwin', 'win32', 'freebsd'),
      fc.record({ CLEAVE_DATA_DIR: value, XDG_DATA_HOME: value, APPDATA: value }),
      (platform, environment) => {
        const system = platform === 'win32' ? path.win32 : path.posix;
        const folder = dataFolder({
          platform,
          environment,
          home: platform === 'win32' ? 'C:\\Users\\ada' : home,
          path: system,
        });
        expect(system.isAbsolute(folder)).toBe(true);
      },
    ),
  );
});
