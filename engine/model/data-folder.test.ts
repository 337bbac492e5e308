import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dataFolder, homeFolder, isFixedFolder, ownFolder } from './data-folder.ts';

const home = '/home/ada';
const onLinux = (environment: Record<string, string>, homes: { home?: string; accountHome?: string } = {}) =>
  dataFolder({ platform: 'linux', environment, home, path: path.posix, ...homes });

test.each<[string, Record<string, string>, string]>([
  ['nothing given', {}, '/home/ada/.local/share/cleave'],
  ['an absolute folder', { XDG_DATA_HOME: '/data' }, '/data/cleave'],
  ['an empty one', { XDG_DATA_HOME: '' }, '/home/ada/.local/share/cleave'],
  ['a blank one', { XDG_DATA_HOME: '  ' }, '/home/ada/.local/share/cleave'],
  ['a relative one', { XDG_DATA_HOME: 'data' }, '/home/ada/.local/share/cleave'],
  ['a folder up', { XDG_DATA_HOME: '../data' }, '/home/ada/.local/share/cleave'],
  ['a tilde, which no shell has read', { XDG_DATA_HOME: '~/data' }, '/home/ada/.local/share/cleave'],
  ['an own folder', { CLEAVE_DATA_DIR: '/own', XDG_DATA_HOME: '/data' }, '/own'],
  ['an empty own folder', { CLEAVE_DATA_DIR: '', XDG_DATA_HOME: '/data' }, '/data/cleave'],
  ['a blank own folder', { CLEAVE_DATA_DIR: ' \t\n', XDG_DATA_HOME: '/data' }, '/data/cleave'],
])('with %s', (_what, environment, expected) => {
  expect(onLinux(environment)).toBe(expected);
});

describe('a home folder that is none', () => {
  const nowhere = ['', ' ', '.', 'ada', './ada', '~', '/a\0b'];

  test.each(nowhere)('"%s" gives way to the account\'s', (given) => {
    expect(onLinux({}, { home: given, accountHome: '/var/ada' })).toBe('/var/ada/.local/share/cleave');
    expect(
      dataFolder({ platform: 'darwin', environment: {}, home: given, accountHome: '/Users/ada', path: path.posix }),
    ).toBe('/Users/ada/Library/Application Support/cleave');
  });

  test.each(nowhere)('"%s" is refused in one sentence where the account has none either', (given) => {
    for (const accountHome of [undefined, '', 'relative'])
      expect(() => onLinux({}, { home: given, ...(accountHome === undefined ? {} : { accountHome }) })).toThrow(
        /^there is no folder for the data: HOME must be an absolute path, or name one in CLEAVE_DATA_DIR$/,
      );
  });

  test('does not matter where another variable tells the place', () => {
    expect(onLinux({ XDG_DATA_HOME: '/data' }, { home: '' })).toBe('/data/cleave');
    expect(onLinux({ CLEAVE_DATA_DIR: '/own' }, { home: '' })).toBe('/own');
  });
});

describe('on Windows', () => {
  const on = (environment: Record<string, string>, given = 'C:\\Users\\ada') =>
    dataFolder({ platform: 'win32', environment, home: given, path: path.win32 });

  test.each<[Record<string, string>, string]>([
    [{}, 'C:\\Users\\ada\\AppData\\Roaming\\cleave'],
    [{ APPDATA: 'D:\\data' }, 'D:\\data\\cleave'],
    [{ APPDATA: '\\\\server\\share' }, '\\\\server\\share\\cleave'],
    [{ APPDATA: '' }, 'C:\\Users\\ada\\AppData\\Roaming\\cleave'],
    [{ APPDATA: 'data' }, 'C:\\Users\\ada\\AppData\\Roaming\\cleave'],
    [{ APPDATA: 'C:data' }, 'C:\\Users\\ada\\AppData\\Roaming\\cleave'],
    [{ APPDATA: '\\data' }, 'C:\\Users\\ada\\AppData\\Roaming\\cleave'],
    [{ APPDATA: '%USERPROFILE%' }, 'C:\\Users\\ada\\AppData\\Roaming\\cleave'],
  ])('with %o', (environment, expected) => {
    expect(on(environment)).toBe(expected);
  });

  test('a profile that is none is refused', () => {
    for (const given of ['', 'ada', '\\Users\\ada', 'C:ada'])
      expect(() => on({}, given)).toThrow(/USERPROFILE must be/);
  });
});

test('it is the same wherever the program is started, or refused in one sentence, on every system', () => {
  const value = fc.option(fc.oneof(fc.constantFrom('', ' ', '.', 'a/b', '/a', 'C:\\a', '\\a', '~'), fc.string()), {
    nil: undefined,
  });
  fc.assert(
    fc.property(
      fc.constantFrom('linux', 'darwin', 'win32', 'freebsd'),
      fc.record({ CLEAVE_DATA_DIR: value, XDG_DATA_HOME: value, APPDATA: value, home: value, accountHome: value }),
      (platform, { home: given = '', accountHome = '', ...environment }) => {
        const system = platform === 'win32' ? path.win32 : path.posix;
        const facts = { platform, environment, home: given, accountHome, path: system };
        let folder: string;
        try {
          folder = dataFolder(facts);
        } catch (error) {
          expect((error as Error).message).toMatch(/^there is no folder for the data: \w+ must be an absolute path/);
          expect(homeFolder(facts)).toBeUndefined();
          return;
        }
        expect(system.isAbsolute(folder)).toBe(true);
        if (ownFolder(facts, 'CLEAVE_DATA_DIR') === undefined) expect(isFixedFolder(folder, facts)).toBe(true);
      },
    ),
    { numRuns: 1000 },
  );
});
