import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeHistogram, newHistogram } from '../model/index.ts';
import { histogramProblem } from './histogram-bounds.ts';
import { readExperimentFile, readResultFile } from './index.ts';
import { dataFolders, example } from './testing/data-folders.ts';
import { textBounds } from './text-bounds.ts';

const place = dataFolders();

/** The example with one of its fields as this text. */
function exampleWith(field: keyof typeof example, text: string): string {
  const { [field]: _, ...others } = example;
  return `${JSON.stringify(others).slice(0, -1)},"${field}":${text}}`;
}
const many = (text: string, count: number): string => `[${`${text},`.repeat(count - 1)}${text}]`;
const round = example.rounds[0]!;
const { observed: _observed, lines: _lines, ...roundWithout } = round;
const roundWith = (fields: string): string => `[${JSON.stringify(roundWithout).slice(0, -1)},${fields}}]`;

/** What reading a file says in a thread that has as much memory as the window's host has for one of them. */
async function readInLittleMemory(text: string): Promise<unknown> {
  const file = path.join(place.home, 'hostile.json');
  await writeFile(file, text);
  const worker = new Worker(new URL('testing/read-in-little-memory.ts', import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: 200 },
  });
  const [outcome] = (await Promise.race([once(worker, 'message'), once(worker, 'error')])) as [unknown];
  await worker.terminate();
  return outcome;
}

it('a result of a long run at a high rate, which is full of short numbers, is read', async () => {
  const busy = structuredClone(example);
  for (const { lines } of busy.rounds)
    for (const slice of Object.values(lines).flat())
      for (const endpoint of Object.values(slice.endpoints))
        endpoint.answersMs = Array.from({ length: 1200 }, (_, at) => (10 + (at % 90)) / 10);
  const text = JSON.stringify(busy);
  expect(textBounds(text).values).toBeGreaterThan(300_000);
  const file = path.join(place.home, 'busy.json');
  await writeFile(file, text);
  expect((await readResultFile(file)).rounds).toEqual(busy.rounds);
});

describe('a small file that would become gigabytes', () => {
  it.each([
    [
      'zeros for rounds',
      exampleWith('rounds', many('0', 12_000_000)),
      'has a list or an object of more than 50,000 members',
    ],
    [
      'empty rounds',
      exampleWith('rounds', many('{}', 8_000_000)),
      'has a list or an object of more than 50,000 members',
    ],
    [
      'zeros for findings',
      exampleWith('findings', many('0', 12_000_000)),
      'has a list or an object of more than 50,000 members',
    ],
    ['zeros in lists', exampleWith('findings', many(many('0', 40_000), 300)), 'far more than there is anything in'],
    [
      'a million fields',
      `{${Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":0`).join(',')}}`,
      'has a list or an object of more than 50,000 members',
    ],
    ['wrong texts', exampleWith('gate', many('"0123456789"', 49_000)), 'is not a usable result: field "gate.0": '],
    [
      'wrong texts in many lists',
      exampleWith(
        'rounds',
        roundWith(
          `"observed":${many('"0123456789"', 49_000)},"lines":{${Array.from({ length: 20 }, (_, at) => `"l${at}":${many('"0123456789"', 49_000)}`).join(',')}}`,
        ),
      ),
      'is not a usable result: field "rounds.0.',
    ],
  ])('%s is refused in little memory', async (_what, text, says) => {
    const outcome = await readInLittleMemory(text);
    expect(outcome).toMatch(/^StorageError: hostile\.json /);
    expect(outcome).toMatch(says);
  });
});

it('a round that is there twice is refused', async () => {
  const file = path.join(place.home, 'twice.json');
  await writeFile(file, JSON.stringify({ ...example, rounds: [...example.rounds, round] }));
  await expect(readResultFile(file)).rejects.toThrow(
    `field "rounds.${example.rounds.length}.id": "${round.id}" is there twice.`,
  );
});

it('a run that ended before it began is refused', async () => {
  const file = path.join(place.home, 'backwards.json');
  await writeFile(
    file,
    JSON.stringify({ ...example, startedAt: example.endedAt, endedAt: '1999-01-01T00:00:00.000Z' }),
  );
  await expect(readResultFile(file)).rejects.toThrow('field "endedAt" is before field "startedAt"');
});

/** A histogram of format V2 with this header and payload. */
function histogram(
  payload: Uint8Array,
  { digits = 3, lowest = 1n, highest = 60_000_000n, says = payload.length } = {},
) {
  const header = Buffer.alloc(40);
  header.writeInt32BE(0x1c849313, 0);
  header.writeInt32BE(says, 4);
  header.writeInt32BE(digits, 12);
  header.writeBigInt64BE(lowest, 16);
  header.writeBigInt64BE(highest, 24);
  header.writeBigInt64BE(1n, 32);
  const packed = deflateSync(Buffer.concat([header, payload]), { level: 9 });
  const cover = Buffer.alloc(8);
  cover.writeInt32BE(0x1c849314, 0);
  cover.writeInt32BE(packed.length, 4);
  return Buffer.concat([cover, packed]).toString('base64');
}

describe('a histogram', () => {
  it.each([
    ['that unpacks to 100 MB', histogram(new Uint8Array(100_000_000)), 'unpacks to far more'],
    ['of more digits', histogram(Buffer.of(2), { digits: 5 }), 'another range'],
    ['of no range', histogram(Buffer.of(2), { highest: -1n }), 'another range'],
    ['of a huge range', histogram(Buffer.of(2), { highest: 2n ** 62n }), 'another range'],
    ['of other units', histogram(Buffer.of(2), { lowest: 1000n }), 'another range'],
    ['longer than it is', histogram(Buffer.of(2), { says: 2 ** 30 }), 'not an encoded histogram'],
    ['of a negative length', histogram(Buffer.of(2), { says: -1 }), 'not an encoded histogram'],
    ['that is none', 'AAAA', 'not an encoded histogram'],
    ['cut short', encodeHistogram(newHistogram()).slice(0, 30), 'not an encoded histogram'],
    ['of 200 kB', 'A'.repeat(200_001), 'far too long'],
  ])('%s is refused', async (_what, text, says) => {
    expect(histogramProblem(text)).toContain(says);
    const load = round.latency!;
    const [[endpoint, times] = []] = Object.entries(load.endpoints);
    const latency = { ...load, endpoints: { [endpoint ?? '']: { ...times, responseTime: text } } };
    const file = path.join(place.home, 'histogram.json');
    await writeFile(file, JSON.stringify({ ...example, rounds: [{ ...round, latency }] }));
    await expect(readResultFile(file)).rejects.toThrow(
      `histogram.json is not a usable result: field "rounds.0.latency.endpoints.${endpoint}.responseTime" `,
    );
  });

  it('of ours is taken', () => {
    const full = newHistogram();
    for (let us = 1; us < 60_000_000; us = Math.ceil(us * 1.0005)) full.recordValueWithCount(us, 2 ** 31 + us);
    for (const one of [newHistogram(), full]) expect(histogramProblem(encodeHistogram(one))).toBeNull();
  });
});

describe('a file from another editor', () => {
  const text = JSON.stringify(example, null, 2);
  it.each([
    ['with a byte order mark', `\ufeff${text}`],
    ['with lines that end as on Windows', text.replaceAll('\n', '\r\n')],
    ['with both', `\ufeff${text.replaceAll('\n', '\r\n')}\r\n`],
  ])('%s is read', async (_what, content) => {
    const file = path.join(place.home, 'from-elsewhere.json');
    await writeFile(file, content);
    expect(await readResultFile(file)).toEqual(example);
  });

  it.each([
    [
      'UTF-16',
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      /^from-elsewhere\.json is encoded in UTF-16; save it as UTF-8\.$/,
    ],
    ['Latin-1', Buffer.from('{"title":"Caf\u00e9"}', 'latin1'), /^from-elsewhere\.json is no text in UTF-8\.$/],
    ['gzip', Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3), /^from-elsewhere\.json is no text in UTF-8\.$/],
    [
      'names twice',
      Buffer.from(text.replace('"schema"', '"tags": [], "schema"')),
      /^from-elsewhere\.json has the field "tags" twice\.$/,
    ],
  ])('in %s is refused in a sentence', async (_what, content, says) => {
    const file = path.join(place.home, 'from-elsewhere.json');
    await writeFile(file, content);
    await expect(readResultFile(file)).rejects.toThrow(says);
  });

  it.each(['experiment.yaml', 'experiment.json'])('%s with a byte order mark is read as without', async (name) => {
    const file = path.join(place.home, name);
    await writeFile(
      file,
      `\ufeff${JSON.stringify({ ...example.experiment, schema: 'cleave/experiment', version: 2 }, null, 1)}`,
    );
    expect(await readExperimentFile(file)).toEqual(example.experiment);
  });
});

it.skipIf(process.platform === 'win32')('what is no file but waits for a writer is refused at once', async () => {
  const fifo = path.join(place.home, 'waits.json');
  execFileSync('mkfifo', [fifo]);
  await expect(readResultFile(fifo)).rejects.toThrow('waits.json is not a file.');
});
