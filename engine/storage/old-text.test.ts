import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acting, actingIn, makeResult, poisoned } from '../../report/testing/index.ts';
import { resultSchema } from '../model/index.ts';
import {
  getResult,
  importResult,
  listResults,
  openJournal,
  readExperimentFile,
  renameResult,
  savedExperiments,
  tagResult,
} from './index.ts';
import { readJournal } from './recover.ts';
import { parseResult } from './result-file.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cleave-old-text-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const example = makeResult({ blocks: 1, requests: 30, faults: [] });
const old = {
  ...poisoned(example, acting),
  title: '\u3164\u200b',
  tags: [acting, '\u2060', 'kept'],
  experiment: { ...example.experiment, title: 'two\u2028lines\u202e' },
};

it('a result that an earlier version kept with acting texts still opens, with nothing in it that acts', async () => {
  expect(resultSchema.safeParse(old).success).toBe(false);
  const read = await parseResult(JSON.stringify(old), 'old.json');
  expect(actingIn(read)).toBeUndefined();
  expect(read).toMatchObject({ title: 'Untitled', experiment: { title: 'two lines\ufffd' } });
  expect(read.tags).toHaveLength(2);
  expect(read.reason).toBe(old.reason);
  expect(read.findings[0]?.sentence).toContain('31mb');
});

it('one whose texts are escaped, too, and one with a title longer than titles are', async () => {
  const escaped = JSON.stringify(old).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  expect(await parseResult(escaped, 'old.json')).toEqual(await parseResult(JSON.stringify(old), 'old.json'));
  const long = await parseResult(JSON.stringify({ ...example, title: `${'x'.repeat(199)}\u{1f600}` }), 'old.json');
  expect(long.title).toBe(`${'x'.repeat(199)}\ufffd`);
});

it('what has no such texts stays as it is', async () => {
  expect(await parseResult(JSON.stringify(example), 'new.json')).toEqual(example);
});

it('it is imported, listed and opened so, and its journal is read so', async () => {
  const file = path.join(home, 'old.cleave-result');
  await writeFile(file, JSON.stringify(old));
  const { id } = await importResult(home, file);
  // A list that an earlier version made of it.
  const summary = path.join(home, 'results', id, 'summary.json');
  await writeFile(summary, (await readFile(summary, 'utf8')).replace('"Untitled"', JSON.stringify(acting)));
  expect(actingIn([await listResults(home), await getResult(home, id)])).toBeUndefined();

  const { title, startedAt, experiment, application, environment, gate, order } = old;
  const journal = await openJournal(home, {
    ...{ id: 'broken-off', title, startedAt, experiment, application, environment, gate, order },
  });
  for (const round of old.rounds) await journal.append(round);
  await journal.close();
  const content = await readJournal(path.join(home, 'results', 'broken-off', 'journal.ndjson'));
  expect(content).toMatchObject({ damaged: [], header: { title: 'Untitled' } });
  expect(content.rounds).toHaveLength(old.rounds.length);
  expect(actingIn(content)).toBeUndefined();
});

it('titles and tags that a person gives now are refused', async () => {
  const file = path.join(home, 'plain.cleave-result');
  await writeFile(file, JSON.stringify(example));
  const { id } = await importResult(home, file);
  for (const bad of [acting, '\u3164', 'a\u202eb', '']) {
    await expect(renameResult(home, id, bad)).rejects.toThrow(/title is not a usable title: .*must/);
    await expect(tagResult(home, id, [bad])).rejects.toThrow(/tags is not a usable list of tags: field "0"/);
  }
});

it('an experiment that was saved so is still there; one that somebody hands over is refused by the field', async () => {
  const { experiment } = old;
  const folder = path.join(home, 'experiments');
  const file = path.join(folder, `${experiment.name}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(experiment));
  expect((await savedExperiments(home).list()).map(({ title }) => title)).toEqual(['two lines\ufffd']);
  await expect(readExperimentFile(file)).rejects.toThrow(/field "title": must be plain text/);
});
