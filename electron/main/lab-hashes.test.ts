import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertLabUnchanged } from './lab-hashes.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let home = '';
let lab = '';
let hashes = '';
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cleave-lab-'));
  lab = path.join(home, 'lab');
  hashes = path.join(home, 'hashes.json');
  await mkdir(path.join(lab, 'bin', 'deep'), { recursive: true });
  await writeFile(path.join(lab, 'bin', 'node'), 'a program');
  await writeFile(path.join(lab, 'bin', 'deep', 'agent.mjs'), '');
  await writeFile(hashes, JSON.stringify({ 'bin/node': sha256('a program'), 'bin/deep/agent.mjs': sha256('') }));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('what was packaged is as it was', async () => {
  await assertLabUnchanged(lab, hashes);
});

test.each<[string, string, () => Promise<unknown>]>([
  ['a file that was changed', 'bin/node is changed', () => writeFile(path.join(lab, 'bin', 'node'), 'A program')],
  ['a file that is gone', 'bin/node is missing', () => rm(path.join(lab, 'bin', 'node'))],
  ['a file that was added', 'bin/more is strange', () => writeFile(path.join(lab, 'bin', 'more'), '')],
  [
    'a link in the place of a file',
    'bin/node is strange',
    async () => {
      await rm(path.join(lab, 'bin', 'node'));
      await symlink('deep/agent.mjs', path.join(lab, 'bin', 'node'));
    },
  ],
  ['a folder that is gone', 'is missing', () => rm(lab, { recursive: true })],
])('%s is named', async (_what, says, change) => {
  await change();
  await expect(assertLabUnchanged(lab, hashes)).rejects.toMatchObject({
    code: 'lab-changed',
    message: expect.stringContaining(says),
  });
});

test.each(['{', '{"bin/node":"x"}', '[]'])('hashes that are %s let nothing start', async (content) => {
  await writeFile(hashes, content);
  await expect(assertLabUnchanged(lab, hashes)).rejects.toThrow();
});
