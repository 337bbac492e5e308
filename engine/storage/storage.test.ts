import { spawn } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import type { Result } from '../model/index.ts';
import { checksum } from './checksum.ts';
import { exists } from './exists.ts';
import {
  emptyTrash,
  exportResult,
  getResult,
  importResult,
  kindOfFile,
  listResults,
  listTrash,
  noteResult,
  openJournal,
  readResultFile,
  recoverResult,
  renameResult,
  restoreResult,
  storeResult,
  tagResult,
  trashResult,
} from './index.ts';
import { formatRecord } from './journal-record.ts';
import { readJournal } from './recover.ts';

let home: string;
let data: string;
let count = 0;
const example = makeResult({ blocks: 1, requests: 30, faults: [], everything: false });
const headerOf = ({ id, title, startedAt, experiment, application, environment, gate, order }: Result) => ({
  ...{ id, title, startedAt, experiment, application, environment, gate, order },
});
const round = (id: string) => ({ ...(example.rounds[0] ?? raise('no round')), id });
function raise(text: string): never {
  throw new Error(text);
}
const folderOf = (id: string) => path.join(data, 'results', id);
const fileOf = (id: string, name: string) => path.join(folderOf(id), name);

/** A journal whose writer is gone: a process number that no process has. The wall clock was set `byMs` before its rounds. */
async function abandonedJournal(id: string, rounds: string[], byMs = 0): Promise<void> {
  const journal = await openJournal(data, { ...headerOf(example), id });
  for (const one of rounds.map(round)) await journal.append({ ...one, startedAtMs: one.startedAtMs + byMs });
  await journal.close();
  const text = await readFile(fileOf(id, 'journal.ndjson'), 'utf8');
  const [header = '', ...others] = text.split('\n');
  const { record } = JSON.parse(header) as { record: Record<string, unknown> };
  const owner = String(record['owner']).replace(/^\d+/, '4194999');
  await writeFile(fileOf(id, 'journal.ndjson'), [formatRecord({ ...record, owner }, 1), ...others].join('\n'));
}

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cleave-storage-'));
});
beforeEach(() => {
  count += 1;
  data = path.join(home, `data-${count}`);
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('results', () => {
  it('come back as they were stored, newest first in the list', async () => {
    const older = { ...example, id: 'older', startedAt: '2026-01-01T00:00:00.000Z' };
    await storeResult(data, older);
    await storeResult(data, { ...example, id: 'newer' });
    expect(await getResult(data, 'older')).toEqual(older);
    expect((await listResults(data)).map((summary) => summary.id)).toEqual(['newer', 'older']);
    expect((await listResults(data))[0]).toMatchObject({
      title: example.title,
      application: 'shop',
      variants: ['monolith', 'microservices'],
      blocks: 1,
    });
  });

  it('are listed from small summaries, which are made again when they are missing, damaged or stale', async () => {
    await storeResult(data, example);
    const [summary] = await listResults(data);
    await rm(fileOf(example.id, 'summary.json'));
    expect(await listResults(data)).toEqual([summary]);
    await writeFile(fileOf(example.id, 'summary.json'), '{"half');
    expect(await listResults(data)).toEqual([summary]);
    await writeFile(fileOf(example.id, 'result.json'), JSON.stringify({ ...example, title: 'Changed by hand' }));
    expect((await listResults(data))[0]?.title).toBe('Changed by hand');
  });

  it('can be listed when there are five hundred, without reading one of them', async () => {
    await storeResult(data, example);
    const kept = await readFile(fileOf(example.id, 'summary.json'), 'utf8');
    const { modifiedMs } = JSON.parse(kept) as { modifiedMs: number };
    for (let index = 0; index < 500; index += 1) {
      const id = `copy-${index}`;
      await mkdir(folderOf(id), { recursive: true });
      // Not a result at all: reading it would fail, so that it is listed proves that it was not read.
      await writeFile(fileOf(id, 'result.json'), 'x');
      await utimes(fileOf(id, 'result.json'), new Date(), new Date(Math.round(modifiedMs)));
      const summary = { ...(JSON.parse(kept) as { summary: object }).summary, id };
      await writeFile(
        fileOf(id, 'summary.json'),
        JSON.stringify({ bytes: 1, modifiedMs: Math.round(modifiedMs), summary }),
      );
    }
    expect(await listResults(data)).toHaveLength(501);
  });

  it('leave a damaged one out of the list and say which', async () => {
    await storeResult(data, example);
    await mkdir(folderOf('broken'), { recursive: true });
    await writeFile(fileOf('broken', 'result.json'), JSON.stringify({ ...example, rounds: 7 }));
    const problems: string[] = [];
    const list = await listResults(data, (id, problem) => problems.push(`${id}: ${problem}`));
    expect(list.map((summary) => summary.id)).toEqual([example.id]);
    expect(problems).toEqual([
      expect.stringMatching(/^broken: result\.json is not a usable result: field "rounds": .*array/),
    ]);
  });

  it('take another title and tags', async () => {
    await storeResult(data, example);
    expect((await renameResult(data, example.id, 'A better title')).title).toBe('A better title');
    expect((await tagResult(data, example.id, ['a', 'b', 'a'])).tags).toEqual(['a', 'b']);
    expect(await getResult(data, example.id)).toEqual({ ...example, title: 'A better title', tags: ['a', 'b'] });
    expect((await listResults(data))[0]).toMatchObject({ title: 'A better title', tags: ['a', 'b'] });
    await expect(tagResult(data, example.id, ['x'.repeat(61)])).rejects.toThrow(
      /tags is not a usable list of tags: field "0"/,
    );
    await expect(renameResult(data, 'nothing', 'x')).rejects.toThrow('There is no result "nothing".');
  });

  it('are never written again for another name: it lies beside them, one change after another', async () => {
    await storeResult(data, { ...example, tags: ['inside'] });
    const before = await readFile(fileOf(example.id, 'result.json'), 'utf8');
    expect((await listResults(data))[0]).toMatchObject({ title: example.title, tags: ['inside'], notes: '' });
    await Promise.all([
      renameResult(data, example.id, 'A better title'),
      noteResult(data, example.id, 'Two lines\nof thought'),
      tagResult(data, example.id, []),
    ]);
    expect(await readFile(fileOf(example.id, 'result.json'), 'utf8')).toBe(before);
    const labels = { title: 'A better title', tags: [], notes: 'Two lines\nof thought' };
    expect(await getResult(data, example.id)).toEqual({ ...example, ...labels });
    expect((await listResults(data))[0]).toMatchObject(labels);
    const file = path.join(data, 'out.cleave-result');
    await exportResult(data, example.id, file);
    expect(await readResultFile(file)).toMatchObject(labels);
    await trashResult(data, example.id);
    expect(await listTrash(data)).toMatchObject([labels]);
    expect(await restoreResult(data, example.id)).toMatchObject(labels);
  });

  it.each(['{', '{"schema":"cleave/labels","version":1,"title":""}'])(
    'are shown as they call themselves where the labels %s are damaged, which is said, and can be labelled anew',
    async (content) => {
      await storeResult(data, example);
      await writeFile(fileOf(example.id, 'labels.json'), content);
      const said: string[] = [];
      expect((await listResults(data, (id, problem) => said.push(`${id}: ${problem}`)))[0]?.title).toBe(example.title);
      expect(said).toEqual([expect.stringMatching(/labels\.json is not/)]);
      expect((await getResult(data, example.id)).title).toBe(example.title);
      await renameResult(data, example.id, 'Again');
      expect((await listResults(data))[0]?.title).toBe('Again');
    },
  );

  it('keep labels that a newer Cleave gave', async () => {
    await storeResult(data, example);
    await writeFile(fileOf(example.id, 'labels.json'), '{"schema":"cleave/labels","version":2,"colour":"red"}');
    await expect(renameResult(data, example.id, 'x')).rejects.toThrow(/newer Cleave/);
    expect(await readFile(fileOf(example.id, 'labels.json'), 'utf8')).toContain('red');
  });

  it('go to the trash and come back', async () => {
    await storeResult(data, example);
    await trashResult(data, example.id);
    expect(await listResults(data)).toEqual([]);
    await storeResult(data, example);
    await expect(restoreResult(data, example.id)).rejects.toThrow(/already; it was not replaced/);
    await trashResult(data, example.id);
    expect((await restoreResult(data, example.id)).id).toBe(example.id);
    expect(await getResult(data, example.id)).toEqual(example);
    await trashResult(data, example.id);
    expect(await emptyTrash(data)).toBe(1);
    await expect(restoreResult(data, example.id)).rejects.toThrow(/in the trash/);
  });

  it.each(['../../etc', 'A', '', 'a/b', '.'])('refuse the id "%s", which could lead elsewhere', async (id) => {
    await expect(getResult(data, id)).rejects.toThrow(/is not the id of a result/);
    await expect(trashResult(data, id)).rejects.toThrow(/is not the id of a result/);
  });
});

describe('import and export', () => {
  it('carry a result over, under a free id when its own is taken', async () => {
    await storeResult(data, { ...example, reason: 'another' });
    const file = path.join(home, 'carried.json');
    await writeFile(file, JSON.stringify(example));
    expect(await importResult(data, file)).toMatchObject({ id: `${example.id}-2`, isNew: true });
    expect(await getResult(data, `${example.id}-2`)).toEqual({ ...example, id: `${example.id}-2` });
  });

  it('know a result that is there, whatever it is called and whether its run left one', async () => {
    await storeResult(data, { ...example, reason: 'another' });
    const file = path.join(home, 'known.json');
    await writeFile(file, JSON.stringify(example));
    await importResult(data, file);
    await renameResult(data, `${example.id}-2`, 'Called so since');
    expect(await importResult(data, file)).toMatchObject({
      id: `${example.id}-2`,
      title: 'Called so since',
      isNew: false,
    });
    await abandonedJournal('cut-short', ['one']);
    await writeFile(file, JSON.stringify(await getResult(data, 'cut-short', () => example.findings)));
    expect(await importResult(data, file)).toMatchObject({ id: 'cut-short', isNew: false });
    expect(await listResults(data)).toHaveLength(3);
  });

  it.each([
    ['x.json', '{"schema":"cleave/result"', 'result'],
    ['x.txt', '{ "version": 2, "schema" : "cleave/experiment"', 'experiment'],
    ['x.yaml', "version: 2\nschema: 'cleave/experiment'", 'experiment'],
    ['x.cleave-result', '{', 'result'],
    ['x.cleave', '', 'experiment'],
  ])('tell what %s with %s is', async (name, content, kind) => {
    await writeFile(path.join(home, name), content);
    expect(await kindOfFile(path.join(home, name))).toBe(kind);
  });

  const broken: [string, string | (() => string), RegExp][] = [
    ['no JSON', 'hello', /^broken\.json is not JSON: /],
    ['another format', '{"schema":"k6","version":1}', /field "schema" must be "cleave\/result"/],
    [
      'a newer version',
      () => JSON.stringify({ ...example, version: 3, wonders: [] }),
      /^broken\.json was written by a newer Cleave \(field "version" is 3, this one reads up to 2\); update Cleave to open it\.$/,
    ],
    [
      'a missing field',
      () => JSON.stringify({ ...example, rounds: undefined }),
      /^broken\.json is not a usable result: field "rounds": /,
    ],
    ['a field too many', () => JSON.stringify({ ...example, script: 'x' }), /script/],
    ['an id that leads elsewhere', () => JSON.stringify({ ...example, id: '../up' }), /field "id"/],
    ['nesting without end', '['.repeat(100_000), /nested deeper than 64 levels/],
    [
      'a histogram that is none',
      () => JSON.stringify(example).replace(/"responseTime":"[^"]+"/, '"responseTime":"nonsense"'),
      /field "rounds\.0\.latency\.endpoints\.[a-z-]+\.responseTime" is not an encoded histogram/,
    ],
  ];
  /** The example with another value at a path. */
  const withValue = (at: (string | number)[], value: unknown): string => {
    const copy: unknown = structuredClone(example);
    const last = at.at(-1) ?? '';
    const holder = at.slice(0, -1).reduce<unknown>((part, key) => Reflect.get(Object(part), key), copy);
    Reflect.set(Object(holder), last, value);
    return JSON.stringify(copy);
  };
  const emptyRound = {
    ...round('x'),
    ...{
      latency: null,
      deployment: null,
      resources: null,
      hops: null,
      lines: {},
      windows: [],
      generators: {},
      observed: [],
    },
  };
  const sizes: [string, (string | number)[], unknown][] = [
    ['block', ['rounds', 0, 'block'], 100],
    ['block', ['rounds', 0, 'block'], 3_000_000],
    ['block', ['rounds', 0, 'block'], 2 ** 31],
    ['position', ['rounds', 0, 'position'], 2 ** 31],
    ['attempt', ['rounds', 0, 'attempt'], 2 ** 31],
    ['instance', ['rounds', 0, 'observed'], [{ unit: 'x', instance: 1e9, facts: {} }]],
    ['rounds', ['rounds'], Array.from({ length: 10_001 }, () => emptyRound)],
    ['order', ['order'], Array.from({ length: 101 }, () => [])],
    ['order', ['order', 0], Array.from({ length: 17 }, () => 'x')],
    ['blocks', ['experiment', 'blocks'], 1e9],
    ['repeats', ['repeats'], [{ block: 1e9, variants: ['x'], only: null, reason: '' }]],
    ['looks', ['looks'], [{ blocks: 1e9, alphaSpent: 0.01 }]],
    ['applicationCpus', ['environment', 'applicationCpus'], Array.from({ length: 10_000 }, (_, cpu) => cpu)],
  ];
  it.each(sizes)('refuse a %s that would size what is made of it: %j', async (field, at, value) => {
    const file = path.join(await mkdtemp(path.join(home, 'sizes-')), 'sizes.json');
    await writeFile(file, withValue(at, value));
    const error: unknown = await importResult(data, file).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^sizes\.json is not a usable result: field "/);
    expect((error as Error).message).toContain(field);
    expect((error as Error).message).not.toContain('\n');
  });

  it.each(broken)('refuse %s in one sentence, and store nothing', async (_, content, message) => {
    const file = path.join(home, 'broken.json');
    await writeFile(file, typeof content === 'string' ? content : content());
    const error: unknown = await importResult(data, file).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
    expect(await listResults(data)).toEqual([]);
  });

  it('refuse what is too large before reading it', async () => {
    const file = path.join(home, 'large.json');
    await writeFile(file, '');
    const { truncate } = await import('node:fs/promises');
    await truncate(file, 100_000_001);
    await expect(importResult(data, file)).rejects.toThrow(/large\.json is > 100 MB large; at most 100 MB are read/);
    await rm(file);
  });

  it('survive any damage to a file with one sentence', async () => {
    const text = JSON.stringify(example);
    const file = path.join(home, 'damaged.json');
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.integer({ min: 1, max: 400 }),
        fc.string({ maxLength: 20 }),
        async (at, length, instead) => {
          await writeFile(file, text.slice(0, at) + instead + text.slice(at + length));
          const outcome: unknown = await readResultFile(file).catch((problem: unknown) => problem);
          if (outcome instanceof Error) {
            expect(outcome.name).toBe('StorageError');
            expect(outcome.message.length).toBeLessThan(600);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('checksums', () => {
  it('find a flipped bit anywhere in a stored result, and name the field', async () => {
    await storeResult(data, example);
    const file = fileOf(example.id, 'result.json');
    const text = await readFile(file, 'utf8');
    const flipped = text.replace(/"firstGoodMs":(\d)/, (_, digit: string) => `"firstGoodMs":${Number(digit) ^ 1}`);
    await writeFile(file, flipped);
    await expect(readResultFile(file)).rejects.toThrow(
      /^result\.json is damaged: field "rounds\.0\.deployment" does not fit its checksum\.$/,
    );
    const digits = [...text.slice(0, text.indexOf('"sums"')).matchAll(/\d/g)].map((found) => found.index);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...digits), async (at) => {
        await writeFile(file, `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`);
        const outcome: unknown = await readResultFile(file).catch((problem: unknown) => problem);
        // The last of seventeen digits may change without the number that it is read as.
        if (!(outcome instanceof Error)) expect(outcome).toEqual(example);
      }),
      { numRuns: 40 },
    );
  });

  it('are not asked for where a person made the file', async () => {
    const file = path.join(home, 'by-hand.json');
    await writeFile(file, JSON.stringify(example, null, 2));
    expect(await readResultFile(file)).toEqual(example);
  });
});

describe('the journal', () => {
  it('becomes a result in one step', async () => {
    const journal = await openJournal(data, headerOf(example));
    for (const one of example.rounds) await journal.append(one);
    expect(await listResults(data)).toEqual([]);
    await journal.finish(example);
    expect(await getResult(data, example.id)).toEqual(example);
    expect((await readdir(folderOf(example.id))).toSorted()).toEqual(['result.json', 'summary.json']);
  });

  it('of a living run is not listed, cannot be trashed and cannot be begun twice', async () => {
    const journal = await openJournal(data, headerOf(example));
    expect(await listResults(data)).toEqual([]);
    await expect(getResult(data, example.id)).rejects.toThrow(/has not ended yet/);
    await expect(trashResult(data, example.id)).rejects.toThrow(/has not ended yet/);
    await expect(openJournal(data, headerOf(example))).rejects.toThrow(/There is a run .* already/);
    await journal.close();
  });

  it('of a dead run is listed as interrupted, and its finished rounds become a result', async () => {
    await abandonedJournal('dead', ['one', 'two']);
    await appendFile(fileOf('dead', 'journal.ndjson'), '{"type":"round","round":{"id":"thr');
    expect(await listResults(data)).toEqual([expect.objectContaining({ id: 'dead', status: 'interrupted' })]);
    await renameResult(data, 'dead', 'Named');
    await tagResult(data, 'dead', ['kept']);
    const findingsOf = vi.fn(() => example.findings);
    expect(await getResult(data, 'dead', findingsOf)).toMatchObject({
      title: 'Named',
      tags: ['kept'],
      findings: example.findings,
      rounds: [{ id: 'one' }, { id: 'two' }],
    });
    expect(await exists(fileOf('dead', 'journal.ndjson'))).toBe(true);
    const recovered = await recoverResult(data, 'dead', ({ rounds }) => {
      expect(rounds).toHaveLength(2);
      return example.findings;
    });
    expect(recovered.rounds.map((one) => one.id)).toEqual(['one', 'two']);
    expect(recovered.title).toBe('Named');
    expect(recovered.reason).toBe('The program ended before the experiment did; 2 finished rounds were kept.');
    expect(await getResult(data, 'dead')).toEqual({ ...recovered, findings: example.findings });
    expect(await readdir(folderOf('dead'))).not.toContain('journal.ndjson');
  });

  it('of a dead run whose wall clock was set back ends no earlier than it began', async () => {
    await abandonedJournal('set-back', ['one', 'two'], -7_200_000);
    const { startedAt, endedAt } = await recoverResult(data, 'set-back', () => []);
    expect(endedAt).toBe(startedAt);
  });

  it(
    'keeps what it has when the disk is full, in one clear sentence',
    { skip: process.platform !== 'linux' },
    async () => {
      await mkdir(folderOf('full'), { recursive: true });
      await symlink('/dev/full', fileOf('full', 'other'));
      const { open } = await import('node:fs/promises');
      const { appender } = await import('./journal.ts');
      const file = await open(fileOf('full', 'other'), 'a');
      await expect(appender(file, 'journal.ndjson')({ type: 'round' })).rejects.toThrow(
        /^journal\.ndjson could not be written: the disk is full; .* unharmed\.$/,
      );
      await file.close();
    },
  );

  it('keeps windows, repeats and looks, and drops windows of rounds that ended', async () => {
    const load = example.rounds[0]?.latency ?? raise('no load');
    const window = {
      ...{ index: 0, pair: 0, startedAtMs: 1, lengthMs: 2000, leadInMs: 500, leadInRequests: 40, parkedMs: 3000 },
      ...{ withheldMs: 0, cpuSeconds: { all: 1 }, load },
    };
    const journal = await openJournal(data, headerOf(example));
    await journal.appendWindow('one', window);
    await journal.appendWindow('two', { ...window, index: 1 });
    await journal.append(round('one'));
    await journal.appendRepeat({ block: 0, variants: ['monolith'], only: ['latency'], reason: 'disturbed' });
    await journal.appendLook({ blocks: 3, alphaSpent: 0.025 });
    await journal.close();
    const content = await readJournal(fileOf(example.id, 'journal.ndjson'));
    expect(content.windows).toEqual([{ roundId: 'two', window: { ...window, index: 1 } }]);
    expect([content.repeats.length, content.looks, content.damaged]).toEqual([
      1,
      [{ blocks: 3, alphaSpent: 0.025 }],
      [],
    ]);
  });

  it('loses a damaged record only, named by line and field', async () => {
    await abandonedJournal('bitten', ['one', 'two', 'three']);
    const file = fileOf('bitten', 'journal.ndjson');
    const lines = (await readFile(file, 'utf8')).split('\n');
    // One bit of a digit: still JSON, still a round.
    const bitten = (lines[2] ?? '').replace(
      /"firstGoodMs":(\d)/,
      (_, digit: string) => `"firstGoodMs":${Number(digit) ^ 1}`,
    );
    expect(bitten).not.toBe(lines[2]);
    await writeFile(file, [...lines.slice(0, 2), bitten, ...lines.slice(3)].join('\n'));
    const recovered = await recoverResult(data, 'bitten', () => []);
    expect(recovered.rounds.map((one) => one.id)).toEqual(['one', 'three']);
    expect(recovered.reason).toContain(
      'Left out: line 3 of the journal is damaged: field "round.deployment" does not fit its checksum.',
    );
  });

  const linesOf = async (id: string): Promise<string[]> =>
    (await readFile(fileOf(id, 'journal.ndjson'), 'utf8')).split('\n').slice(0, -1);
  const rewritten = (id: string, lines: string[]) => writeFile(fileOf(id, 'journal.ndjson'), `${lines.join('\n')}\n`);
  const read = async (id: string) => {
    const { rounds, damaged } = await readJournal(fileOf(id, 'journal.ndjson'));
    return { ids: rounds.map((one) => one.id), damaged };
  };
  const whole: [string, (lines: string[]) => string[], string[], string[]][] = [
    [
      'dropped',
      ([header, one, , three]) => [header!, one!, three!],
      ['one', 'three'],
      ['line 3 of the journal is damaged: record 3 is missing before it'],
    ],
    [
      'dropped, two of them',
      ([header, , , three]) => [header!, three!],
      ['three'],
      ['line 2 of the journal is damaged: records 2 to 3 are missing before it'],
    ],
    [
      'doubled',
      ([header, one, two, three]) => [header!, one!, two!, two!, three!],
      ['one', 'two', 'three'],
      ['line 4 of the journal is damaged: record 3 was there before'],
    ],
    [
      'swapped with another',
      ([header, one, two, three]) => [header!, two!, one!, three!],
      ['two', 'three'],
      [
        'line 2 of the journal is damaged: record 2 is missing before it',
        'line 3 of the journal is damaged: record 2 was there before',
      ],
    ],
    [
      'the header, doubled',
      ([header, ...others]) => [header!, header!, ...others],
      ['one', 'two', 'three'],
      ['line 2 of the journal is damaged: record 1 was there before'],
    ],
  ];
  it.each(whole)('notices a whole line that was %s', async (what, change, ids, damaged) => {
    const id = `line-${what.replaceAll(/\W+/g, '-')}`;
    await abandonedJournal(id, ['one', 'two', 'three']);
    expect(await read(id)).toEqual({ ids: ['one', 'two', 'three'], damaged: [] });
    await rewritten(id, change(await linesOf(id)));
    expect(await read(id)).toEqual({ ids, damaged });
  });

  it('is read without numbers, as earlier versions wrote it, and never as two runs', async () => {
    await abandonedJournal('unnumbered', ['one', 'two']);
    const withoutNumber = (line: string): string => {
      const rest = line.replace(/^\{"sum":"\w+","number":\d+,/, '');
      return `{"sum":"${checksum(rest)}",${rest}`;
    };
    const lines = (await linesOf('unnumbered')).map(withoutNumber);
    await rewritten('unnumbered', lines);
    expect(await read('unnumbered')).toEqual({ ids: ['one', 'two'], damaged: [] });
    await rewritten('unnumbered', [...lines, ...lines]);
    await expect(read('unnumbered')).rejects.toThrow(
      'line 4 of the journal is a second header: this is not the journal of one run.',
    );
  });

  it('survives any damage behind its header', async () => {
    await abandonedJournal('torn', ['one', 'two']);
    const file = fileOf('torn', 'journal.ndjson');
    const whole = await readFile(file, 'utf8');
    const body = whole.indexOf('\n') + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: body, max: whole.length - 2 }),
        fc.string({ maxLength: 4 }),
        async (at, instead) => {
          const torn = whole.slice(0, at) + instead + whole.slice(at + 1);
          if (torn === whole || instead.includes('\n')) return;
          await writeFile(file, torn);
          const { rounds, damaged } = await readJournal(file);
          expect(rounds.length).toBeLessThanOrEqual(2);
          for (const one of rounds) expect(one).toEqual(round(one.id));
          expect(rounds.length + damaged.length).toBeGreaterThanOrEqual(1);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says what it means when its folder cannot be made', async () => {
    await mkdir(home, { recursive: true });
    await writeFile(data, 'a file where the data folder should be');
    await expect(openJournal(data, headerOf(example))).rejects.toThrow(/journal\.ndjson could not be written: /);
  });
});

describe('a writer killed at any moment', () => {
  it('leaves a whole result and every round that it had been told is kept', { timeout: 60_000 }, async () => {
    const source = path.join(home, 'source.json');
    await writeFile(source, JSON.stringify(example));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const folder = path.join(home, `killed-${attempt}`);
      const program = new URL('./testing/endless-writer.ts', import.meta.url).pathname;
      const child = spawn(process.execPath, ['--no-warnings', program, folder, source], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let durable = 0;
      await new Promise<void>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', () => resolve());
        child.stdout.on('data', (chunk: Buffer) => {
          durable = Number(chunk.toString().trim().split('\n').at(-1));
          // Not at the same place each time: in the middle of whatever step comes then.
          if (durable > attempt) setImmediate(() => child.kill('SIGKILL'));
        });
      });
      expect(durable).toBeGreaterThan(0);
      const stored = await getResult(folder, example.id);
      expect(Number(stored.title.replace('Version ', ''))).toBeGreaterThanOrEqual(durable);
      const recovered = await getResult(folder, `${example.id}-journal`);
      expect(recovered.status).toBe('interrupted');
      expect(recovered.rounds.length).toBeGreaterThanOrEqual(durable);
      expect(recovered.rounds.map((one) => one.id)).toEqual(recovered.rounds.map((_, index) => `round-${index + 1}`));
      expect((await listResults(folder)).map((summary) => summary.status).toSorted()).toEqual([
        'completed',
        'interrupted',
      ]);
    }
  });
});
