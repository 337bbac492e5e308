import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dataFolders, folderOfVariable, homeHere, temporaryFolder } from './index.ts';

const variables = ['CLEAVE_DATA_DIR', 'CLEAVE_WORK_DIR', 'XDG_DATA_HOME', 'HOME', 'TMPDIR'] as const;
const unusable = ['', ' ', 'relative', './here', '~/data'];

beforeEach(() => {
  for (const name of variables) if (name !== 'HOME') vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

test('blank variables of its own name no folder', () => {
  const usual = dataFolders();
  for (const name of ['CLEAVE_DATA_DIR', 'CLEAVE_WORK_DIR'] as const)
    for (const blank of ['', ' ', '\t']) {
      vi.stubEnv(name, blank);
      expect(dataFolders()).toEqual(usual);
      expect(folderOfVariable(name)).toBeUndefined();
    }
});

test('the work folder lies in the data unless it has a place of its own', () => {
  vi.stubEnv('CLEAVE_DATA_DIR', path.resolve('/data'));
  expect(dataFolders().work).toBe(path.resolve('/data/work'));
  vi.stubEnv('CLEAVE_WORK_DIR', path.resolve('/fast'));
  expect(dataFolders()).toEqual({
    data: path.resolve('/data'),
    state: path.resolve('/data/state'),
    work: path.resolve('/fast'),
  });
});

test.skipIf(process.platform === 'win32').each(unusable)(
  'HOME "%s" gives way to the home folder of the account',
  (home) => {
    vi.stubEnv('HOME', home);
    expect(homeHere()).toBe(os.userInfo().homedir);
    const { data, state, work } = dataFolders();
    for (const folder of [data, state, work]) expect(path.isAbsolute(folder)).toBe(true);
  },
);

test.skipIf(process.platform === 'win32').each(unusable)('TMPDIR "%s" is no place for what is soon gone', (folder) => {
  vi.stubEnv('TMPDIR', folder);
  vi.stubEnv('TMP', undefined);
  vi.stubEnv('TEMP', undefined);
  expect(temporaryFolder()).toBe('/tmp');
});
