import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleUnits } from './bundle.ts';
import { ChangeError, changesUpTo, editSources } from './edit.ts';
import { loadApplication } from './manifest.ts';

const applications = path.join(import.meta.dirname, 'testing', 'applications');
const pair = await loadApplication(applications, 'pair');
const places = { applicationsDirectory: applications, workDirectory: tmpdir() };
const unit = { name: 'unit', modules: ['work', 'front'] };
const programOf = async (...changes: string[]): Promise<string> => {
  const edit = await editSources(applications, pair, changes);
  const bundled = (await bundleUnits(places, pair, [unit], { edit })).get('unit');
  return new TextDecoder().decode(bundled?.files['unit.mjs']);
};

describe('an edit', () => {
  it('is in the bundle, file for file, and nowhere on the disk', async () => {
    expect(await programOf()).toContain('"work"');
    const better = await programOf('better-work');
    expect([better.includes('"better work"'), better.includes('"work"')]).toEqual([true, false]);
    expect(await programOf('better-work', 'best-work')).toContain('"best work"');
    expect(await programOf('louder')).toContain('"FRONT"');
    expect(await programOf()).toBe(await programOf());
  });

  it('says which modules it is of, and leaves other units as they were', async () => {
    expect((await editSources(applications, pair, [])).modules.size).toBe(0);
    const edit = await editSources(applications, pair, ['better-work']);
    const extra = { name: 'extra', modules: ['extra'] };
    const [before, after] = await Promise.all([
      bundleUnits(places, pair, [extra]),
      bundleUnits(places, pair, [extra], { edit }),
    ]);
    expect(after.get('extra')?.hash).toBe(before.get('extra')?.hash);
    expect(before.get('extra')?.sources).toContain(path.join(applications, 'pair', 'extra.ts'));
    expect(before.get('extra')?.sources).not.toContain(path.join(applications, 'pair', 'work.ts'));
  });

  it('comes after what it builds on', () => {
    expect(changesUpTo(pair, 'best-work')).toEqual(['better-work', 'best-work']);
    expect(() => changesUpTo(pair, 'none')).toThrow(
      'unknown change "none" of "pair"; allowed: better-work, best-work, louder, unseen',
    );
  });
});

describe('a patch that cannot be used is refused in one sentence', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'cleave-edit-'));
    cpSync(path.join(applications, 'pair'), path.join(folder, 'pair'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const of = (file: string, line = "export const module = 'work';"): string =>
    `--- a/${file}\n+++ b/${file}\n@@ -1,1 +1,1 @@\n-${line}\n+changed\n`;
  it.each([
    [
      'of another source',
      of('work.ts', 'something else'),
      'does not apply to work.ts: the source is not as the patch expects it',
    ],
    ['of a file that is not there', of('gone.ts'), 'edits gone.ts, which cannot be read'],
    ['out of the application', of('../outside.ts'), 'edits b/../outside.ts, which is not a file of the application'],
    [
      'that deletes',
      of('work.ts').replace('+++ b/work.ts', '+++ /dev/null'),
      'deletes a/work.ts; allowed: edits and new files',
    ],
    ['that is none', 'hello', 'its patch changes nothing'],
    ['whose counts are wrong', of('work.ts').replace('-1,1', '-1,7'), 'its patch is no unified diff'],
    [
      'that is too large',
      `${of('work.ts')}${' '.repeat(1_000_001)}`,
      'its patch cannot be read: it is larger than 1 MB',
    ],
  ])('%s', async (_what, text, sentence) => {
    writeFileSync(path.join(folder, 'pair', 'changes', 'better-work.patch'), text);
    const refused: unknown = await editSources(folder, pair, ['better-work']).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ChangeError);
    expect(String(refused)).toContain(`change "better-work"`);
    expect(String(refused)).toContain(sentence);
    expect(String(refused).split('\n')).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')('that is a pipe, or edits one', async () => {
    const patch = path.join(folder, 'pair', 'changes', 'better-work.patch');
    execFileSync('mkfifo', [path.join(folder, 'pair', 'pipe.ts')]);
    writeFileSync(patch, of('pipe.ts'));
    await expect(editSources(folder, pair, ['better-work'])).rejects.toThrow(
      'edits pipe.ts, which cannot be read: it is no file',
    );
    rmSync(patch);
    execFileSync('mkfifo', [patch]);
    await expect(editSources(folder, pair, ['better-work'])).rejects.toThrow('its patch cannot be read: it is no file');
  });

  it('that is not there, and one that leads to another version of the source', async () => {
    rmSync(path.join(folder, 'pair', 'changes', 'better-work.patch'));
    await expect(editSources(folder, pair, ['better-work'])).rejects.toThrow('its patch cannot be read');
    await expect(loadApplication(folder, 'pair')).rejects.toThrow(
      'field "changes.better-work.patch": there is no file "changes/better-work.patch" from the manifest',
    );
    await expect(editSources(applications, pair, ['best-work'])).rejects.toThrow('does not apply to work.ts');
  });
});
