import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import type { Result, Round } from '../../model/index.ts';
import { openJournal } from '../index.ts';
import { formatRecord } from '../journal-record.ts';

/** A small result that every file of these tests stores. */
export const example = makeResult({ blocks: 1, requests: 30, faults: [], everything: false });

export const headerOf = ({ id, title, startedAt, experiment, application, environment, gate, order }: Result) => ({
  ...{ id, title, startedAt, experiment, application, environment, gate, order },
});

export function round(id: string): Round {
  const [first] = example.rounds;
  if (first === undefined) throw new Error('no round');
  return { ...first, id };
}

/** A data folder for each test of the file that asks, gone with the last. */
export function dataFolders() {
  const place = {
    home: '',
    data: '',
    folderOf: (id: string) => path.join(place.data, 'results', id),
    fileOf: (id: string, name: string) => path.join(place.folderOf(id), name),
    /** A journal whose writer is gone: a process number that no process has. The wall clock was set `byMs` before its rounds. */
    abandonedJournal: async (id: string, rounds: string[], byMs = 0): Promise<void> => {
      const journal = await openJournal(place.data, { ...headerOf(example), id });
      for (const one of rounds.map(round)) await journal.append({ ...one, startedAtMs: one.startedAtMs + byMs });
      await journal.close();
      const file = place.fileOf(id, 'journal.ndjson');
      const [header = '', ...others] = (await readFile(file, 'utf8')).split('\n');
      const { record } = JSON.parse(header) as { record: Record<string, unknown> };
      const owner = String(record['owner']).replace(/^\d+/, '4194999');
      await writeFile(file, [formatRecord({ ...record, owner }, 1), ...others].join('\n'));
    },
  };
  let count = 0;
  beforeAll(async () => {
    place.home = await mkdtemp(path.join(tmpdir(), 'cleave-storage-'));
  });
  beforeEach(() => {
    count += 1;
    place.data = path.join(place.home, `data-${count}`);
  });
  afterAll(() => rm(place.home, { recursive: true, force: true }));
  return place;
}
