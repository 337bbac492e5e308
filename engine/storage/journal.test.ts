import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { getResult, openJournal } from './index.ts';
import { readJournal } from './recover.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'cleave-journal-'));
});
afterAll(() => rm(data, { recursive: true, force: true }));

it('a result that could not be read again is refused, and its records stay', async () => {
  const result = makeResult({ blocks: 1, requests: 30, faults: [], everything: false });
  const { id, title, startedAt, experiment, application, environment, gate, order } = result;
  const journal = await openJournal(data, { id, title, startedAt, experiment, application, environment, gate, order });
  for (const round of result.rounds) await journal.append(round);
  const [finding] = result.findings;
  const endless = { ...result, findings: [{ ...finding!, interval: { low: 1, high: Infinity } }] };
  await expect(journal.finish(endless)).rejects.toThrow(/field "findings\.0\.interval\.high"/);
  expect((await readJournal(journal.file)).rounds).toEqual(result.rounds);
  await journal.finish(result);
  expect((await getResult(data, result.id)).rounds).toEqual(result.rounds);
  await expect(readFile(journal.file)).rejects.toThrow(/ENOENT/);
});
