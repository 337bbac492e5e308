import path from 'node:path';
import { expect, test } from 'vitest';
import { inheritedFrom } from './spawn.ts';

test('children, which work elsewhere, are handed no relative folder', () => {
  const taken = { PATH: '/bin', TMPDIR: path.resolve('/tmp') };
  expect(inheritedFrom({ ...taken, TMP: 'tmp', TEMP: ' ', HOME: '/home/ada', SECRET: '1' })).toEqual(taken);
});
