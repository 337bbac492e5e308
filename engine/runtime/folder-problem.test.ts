import { expect, it } from 'vitest';
import { inFull } from './errors.ts';
import { folderProblem } from './folder-problem.ts';

const data = { title: 'The data folder', variable: 'CLEAVE_DATA_DIR' };

it.each([
  ['EROFS', 'unsafe', 'it is read-only'],
  ['EACCES', 'unsafe', 'this user may not write there'],
  ['EPERM', 'unsafe', 'this user may not write there'],
  ['ENOSPC', 'disk-full', 'the disk is full'],
  ['EDQUOT', 'disk-full', 'the disk is full'],
  ['ENOTDIR', 'unsafe', 'it is no folder, or something that it lies in is none'],
  ['EEXIST', 'unsafe', 'it is no folder, or something that it lies in is none'],
  ['ETIMEDOUT', 'unsafe', 'it gives no answer'],
  ['EIO', 'unsafe', 'i/o error'],
])('a folder that answers with %s is named, with what to set instead', (code, kind, why) => {
  const problem = folderProblem(data, '/data/cleave', Object.assign(new Error('i/o error'), { code }));
  expect(problem).toMatchObject({ kind, message: `The data folder /data/cleave cannot be used: ${why}` });
  expect(inFull(problem)).toMatch(/^[^\n]+\. [A-Z][^\n]+, or set CLEAVE_DATA_DIR to [^\n]+\.$/);
});
