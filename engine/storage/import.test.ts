import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  getResult,
  importResult,
  kindOfFile,
  listResults,
  readResultFile,
  renameResult,
  storeResult,
} from './index.ts';
import { dataFolders, example, round } from './testing/data-folders.ts';

const place = dataFolders();

describe('import and export', () => {
  it('carry a result over, under a free id when its own is taken', async () => {
    await storeResult(place.data, { ...example, reason: 'another' });
    const file = path.join(place.home, 'carried.json');
    await writeFile(file, JSON.stringify(example));
    expect(await importResult(place.data, file)).toMatchObject({ id: `${example.id}-2`, isNew: true });
    expect(await getResult(place.data, `${example.id}-2`)).toEqual({ ...example, id: `${example.id}-2` });
  });

  it('know a result that is there, whatever it is called and whether its run left one', async () => {
    await storeResult(place.data, { ...example, reason: 'another' });
    const file = path.join(place.home, 'known.json');
    await writeFile(file, JSON.stringify(example));
    await importResult(place.data, file);
    await renameResult(place.data, `${example.id}-2`, 'Called so since');
    expect(await importResult(place.data, file)).toMatchObject({
      id: `${example.id}-2`,
      title: 'Called so since',
      isNew: false,
    });
    await place.abandonedJournal('cut-short', ['one']);
    await writeFile(file, JSON.stringify(await getResult(place.data, 'cut-short', () => example.findings)));
    expect(await importResult(place.data, file)).toMatchObject({ id: 'cut-short', isNew: false });
    expect(await listResults(place.data)).toHaveLength(3);
  });

  it.each([
    ['x.json', '{"schema":"cleave/result"', 'result'],
    ['x.txt', '{ "version": 2, "schema" : "cleave/experiment"', 'experiment'],
    ['x.yaml', "version: 2\nschema: 'cleave/experiment'", 'experiment'],
    ['x.cleave-result', '{', 'result'],
    ['x.json', '{"environment": {}, "experiment": {"schema": "cleave/experiment"', 'result'],
    ['x.json', '{"experiment": {"schema": "cleave/experiment"}, "schema": "cleave/result"', 'result'],
    ['x.json', '{"notes": "schema: cleave/result", "schema": "cleave/experiment"', 'experiment'],
    ['x.cleave', '', 'experiment'],
  ])('tell what %s with %s is', async (name, content, kind) => {
    await writeFile(path.join(place.home, name), content);
    expect(await kindOfFile(path.join(place.home, name))).toBe(kind);
  });

  it('is told of what is no file', async () => {
    await expect(kindOfFile(place.home)).rejects.toThrow(/ is not a file\.$/);
  });

  const inOrder = (_name: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  it('tell a result that was exported with its names in order', async () => {
    const file = path.join(place.home, 'exported.json');
    // Whatever an export sorts, and however deep.
    await writeFile(file, JSON.stringify(example, inOrder, 2));
    expect(await kindOfFile(file)).toBe('result');
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
    const file = path.join(await mkdtemp(path.join(place.home, 'sizes-')), 'sizes.json');
    await writeFile(file, withValue(at, value));
    const error: unknown = await importResult(place.data, file).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(/^sizes\.json is not a usable result: field "/);
    expect((error as Error).message).toContain(field);
    expect((error as Error).message).not.toContain('\n');
  });

  it.each(broken)('refuse %s in one sentence, and store nothing', async (_, content, message) => {
    const file = path.join(place.home, 'broken.json');
    await writeFile(file, typeof content === 'string' ? content : content());
    const error: unknown = await importResult(place.data, file).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
    expect(await listResults(place.data)).toEqual([]);
  });

  it('refuse what is too large before reading it', async () => {
    const file = path.join(place.home, 'large.json');
    await writeFile(file, '');
    const { truncate } = await import('node:fs/promises');
    await truncate(file, 100_000_001);
    await expect(importResult(place.data, file)).rejects.toThrow(
      /large\.json is > 100 MB large; at most 100 MB are read/,
    );
    await rm(file);
  });

  it('survive any damage to a file with one sentence', async () => {
    const text = JSON.stringify(example);
    const file = path.join(place.home, 'damaged.json');
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
    await storeResult(place.data, example);
    const file = place.fileOf(example.id, 'result.json');
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
    const file = path.join(place.home, 'by-hand.json');
    await writeFile(file, JSON.stringify(example, null, 2));
    expect(await readResultFile(file)).toEqual(example);
  });
});
