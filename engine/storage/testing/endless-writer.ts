// A program for the storage tests, to be killed at any moment: takes a result from a file, opens a journal, and appends rounds and replaces
// a stored result over and over. Prints a line once a step is durable.
import { readFileSync } from 'node:fs';
import { resultSchema } from '../../model/index.ts';
import { openJournal } from '../journal.ts';
import { storeResult } from '../results.ts';

const [dataDirectory = '', source = ''] = process.argv.slice(2);
const result = resultSchema.parse(JSON.parse(readFileSync(source, 'utf8')));
const { id, title, startedAt, experiment, application, environment, gate, order } = result;
const journal = await openJournal(dataDirectory, {
  id: `${id}-journal`,
  title,
  startedAt,
  experiment,
  application,
  environment,
  gate,
  order,
});
const [round] = result.rounds;
if (round === undefined) throw new Error('the result has no round');
for (let count = 1; ; count += 1) {
  await journal.append({ ...round, id: `round-${count}` });
  await storeResult(dataDirectory, { ...result, title: `Version ${count}` });
  process.stdout.write(`${count}\n`);
}
