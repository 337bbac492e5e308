import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  emptyTrash,
  exportResult,
  getResult,
  listResults,
  listTrash,
  noteResult,
  readResultFile,
  renameResult,
  restoreResult,
  storeResult,
  tagResult,
  trashResult,
} from './index.ts';
import { dataFolders, example } from './testing/data-folders.ts';

const place = dataFolders();

describe('results', () => {
  it('come back as they were stored, newest first in the list', async () => {
    const older = { ...example, id: 'older', startedAt: '2026-01-01T00:00:00.000Z' };
    await storeResult(place.data, older);
    await storeResult(place.data, { ...example, id: 'newer' });
    expect(await getResult(place.data, 'older')).toEqual(older);
    expect((await listResults(place.data)).map((summary) => summary.id)).toEqual(['newer', 'older']);
    expect((await listResults(place.data))[0]).toMatchObject({
      title: example.title,
      application: 'shop',
      variants: ['monolith', 'microservices'],
      blocks: 1,
    });
  });

  it('are listed from small summaries, which are made again when they are missing, damaged or stale', async () => {
    await storeResult(place.data, example);
    const [summary] = await listResults(place.data);
    await rm(place.fileOf(example.id, 'summary.json'));
    expect(await listResults(place.data)).toEqual([summary]);
    await writeFile(place.fileOf(example.id, 'summary.json'), '{"half');
    expect(await listResults(place.data)).toEqual([summary]);
    await writeFile(place.fileOf(example.id, 'result.json'), JSON.stringify({ ...example, title: 'Changed by hand' }));
    expect((await listResults(place.data))[0]?.title).toBe('Changed by hand');
  });

  it('can be listed when there are five hundred, without reading one of them', async () => {
    await storeResult(place.data, example);
    const kept = await readFile(place.fileOf(example.id, 'summary.json'), 'utf8');
    const { modifiedMs } = JSON.parse(kept) as { modifiedMs: number };
    for (let index = 0; index < 500; index += 1) {
      const id = `copy-${index}`;
      await mkdir(place.folderOf(id), { recursive: true });
      // Not a result at all: reading it would fail, so that it is listed proves that it was not read.
      await writeFile(place.fileOf(id, 'result.json'), 'x');
      await utimes(place.fileOf(id, 'result.json'), new Date(), new Date(Math.round(modifiedMs)));
      const summary = { ...(JSON.parse(kept) as { summary: object }).summary, id };
      await writeFile(
        place.fileOf(id, 'summary.json'),
        JSON.stringify({ bytes: 1, modifiedMs: Math.round(modifiedMs), summary }),
      );
    }
    expect(await listResults(place.data)).toHaveLength(501);
  });

  it('leave a damaged one out of the list and say which', async () => {
    await storeResult(place.data, example);
    await mkdir(place.folderOf('broken'), { recursive: true });
    await writeFile(place.fileOf('broken', 'result.json'), JSON.stringify({ ...example, rounds: 7 }));
    const problems: string[] = [];
    const list = await listResults(place.data, (id, problem) => problems.push(`${id}: ${problem}`));
    expect(list.map((summary) => summary.id)).toEqual([example.id]);
    expect(problems).toEqual([
      expect.stringMatching(/^broken: result\.json is not a usable result: field "rounds": .*array/),
    ]);
  });

  it('take another title and tags', async () => {
    await storeResult(place.data, example);
    expect((await renameResult(place.data, example.id, 'A better title')).title).toBe('A better title');
    expect((await tagResult(place.data, example.id, ['a', 'b', 'a'])).tags).toEqual(['a', 'b']);
    expect(await getResult(place.data, example.id)).toEqual({ ...example, title: 'A better title', tags: ['a', 'b'] });
    expect((await listResults(place.data))[0]).toMatchObject({ title: 'A better title', tags: ['a', 'b'] });
    await expect(tagResult(place.data, example.id, ['x'.repeat(61)])).rejects.toThrow(
      /tags is not a usable list of tags: field "0"/,
    );
    await expect(renameResult(place.data, 'nothing', 'x')).rejects.toThrow('There is no result "nothing".');
  });

  it('are never written again for another name: it lies beside them, one change after another', async () => {
    await storeResult(place.data, { ...example, tags: ['inside'] });
    const before = await readFile(place.fileOf(example.id, 'result.json'), 'utf8');
    expect((await listResults(place.data))[0]).toMatchObject({ title: example.title, tags: ['inside'], notes: '' });
    await Promise.all([
      renameResult(place.data, example.id, 'A better title'),
      noteResult(place.data, example.id, 'Two lines\nof thought'),
      tagResult(place.data, example.id, []),
    ]);
    expect(await readFile(place.fileOf(example.id, 'result.json'), 'utf8')).toBe(before);
    const labels = { title: 'A better title', tags: [], notes: 'Two lines\nof thought' };
    expect(await getResult(place.data, example.id)).toEqual({ ...example, ...labels });
    expect((await listResults(place.data))[0]).toMatchObject(labels);
    const file = path.join(place.data, 'out.cleave-result');
    await exportResult(place.data, example.id, file);
    expect(await readResultFile(file)).toMatchObject(labels);
    await trashResult(place.data, example.id);
    expect(await listTrash(place.data)).toMatchObject([{ kind: 'result', title: 'A better title' }]);
    expect(await restoreResult(place.data, example.id)).toMatchObject(labels);
  });

  it.each(['{', '{"schema":"cleave/labels","version":1,"title":""}'])(
    'are shown as they call themselves where the labels %s are damaged, which is said, and can be labelled anew',
    async (content) => {
      await storeResult(place.data, example);
      await writeFile(place.fileOf(example.id, 'labels.json'), content);
      const said: string[] = [];
      expect((await listResults(place.data, (id, problem) => said.push(`${id}: ${problem}`)))[0]?.title).toBe(
        example.title,
      );
      expect(said).toEqual([expect.stringMatching(/labels\.json is not/)]);
      expect((await getResult(place.data, example.id)).title).toBe(example.title);
      await renameResult(place.data, example.id, 'Again');
      expect((await listResults(place.data))[0]?.title).toBe('Again');
    },
  );

  it('keep labels that a newer Cleave gave', async () => {
    await storeResult(place.data, example);
    await writeFile(place.fileOf(example.id, 'labels.json'), '{"schema":"cleave/labels","version":2,"colour":"red"}');
    await expect(renameResult(place.data, example.id, 'x')).rejects.toThrow(/newer Cleave/);
    expect(await readFile(place.fileOf(example.id, 'labels.json'), 'utf8')).toContain('red');
  });

  it('go to the trash and come back', async () => {
    await storeResult(place.data, example);
    await trashResult(place.data, example.id);
    expect(await listResults(place.data)).toEqual([]);
    await storeResult(place.data, example);
    await expect(restoreResult(place.data, example.id)).rejects.toThrow(/already; it was not replaced/);
    await trashResult(place.data, example.id);
    expect((await restoreResult(place.data, example.id)).id).toBe(example.id);
    expect(await getResult(place.data, example.id)).toEqual(example);
    await trashResult(place.data, example.id);
    expect(await emptyTrash(place.data)).toBe(1);
    await expect(restoreResult(place.data, example.id)).rejects.toThrow(/in the trash/);
  });

  it.each(['../../etc', 'A', '', 'a/b', '.'])('refuse the id "%s", which could lead elsewhere', async (id) => {
    await expect(getResult(place.data, id)).rejects.toThrow(/is not the id of a result/);
    await expect(trashResult(place.data, id)).rejects.toThrow(/is not the id of a result/);
  });
});
