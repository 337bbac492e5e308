import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceState } from './source-state.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'cleave-source-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(root) },
  }).trim();

// A machine on which the sources were unpacked may have none.
const hasGit = spawnSync('git', ['--version']).status === 0;
it.skipIf(!hasGit)('tells the commit, and whether the files are those of it', async () => {
  git('init', '-q');
  await writeFile(path.join(root, '.gitignore'), 'out\n');
  await writeFile(path.join(root, 'a.ts'), 'export {};\n');
  git('add', '.');
  git('commit', '-q', '-m', 'first');
  const commit = git('rev-parse', 'HEAD');
  expect(sourceState(root)).toEqual({ commit, dirty: false });
  await writeFile(path.join(root, 'out'), 'of no account');
  expect(sourceState(root)).toEqual({ commit, dirty: false });
  await writeFile(path.join(root, 'new.ts'), '');
  expect(sourceState(root)).toEqual({ commit, dirty: true });
  await rm(path.join(root, 'new.ts'));
  await writeFile(path.join(root, 'a.ts'), 'export const changed = 1;\n');
  expect(sourceState(root)).toEqual({ commit, dirty: true });
});

it('knows nothing where there is no history', () => {
  expect(sourceState(root)).toEqual({ commit: null, dirty: null });
});
