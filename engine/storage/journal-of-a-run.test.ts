import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { checksum } from './checksum.ts';
import { exists } from './exists.ts';
import { getResult, listResults, openJournal, recoverResult, renameResult, tagResult, trashResult } from './index.ts';
import { readJournal } from './recover.ts';
import { dataFolders, example, headerOf, round } from './testing/data-folders.ts';

const place = dataFolders();

describe('the journal', () => {
  it('becomes a result in one step', async () => {
    const journal = await openJournal(place.data, headerOf(example));
    for (const one of example.rounds) await journal.append(one);
    expect(await listResults(place.data)).toEqual([]);
    await journal.finish(example);
    expect(await getResult(place.data, example.id)).toEqual(example);
    expect((await readdir(place.folderOf(example.id))).toSorted()).toEqual(['result.json', 'summary.json']);
  });

  it('of a living run is not listed, cannot be trashed and cannot be begun twice', async () => {
    const journal = await openJournal(place.data, headerOf(example));
    expect(await listResults(place.data)).toEqual([]);
    await expect(getResult(place.data, example.id)).rejects.toThrow(/has not ended yet/);
    await expect(trashResult(place.data, example.id)).rejects.toThrow(/has not ended yet/);
    await expect(openJournal(place.data, headerOf(example))).rejects.toThrow(/There is a run .* already/);
    await journal.close();
  });

  it('of a dead run is listed as interrupted, and its finished rounds become a result', async () => {
    await place.abandonedJournal('dead', ['one', 'two']);
    await appendFile(place.fileOf('dead', 'journal.ndjson'), '{"type":"round","round":{"id":"thr');
    expect(await listResults(place.data)).toEqual([expect.objectContaining({ id: 'dead', status: 'interrupted' })]);
    await renameResult(place.data, 'dead', 'Named');
    await tagResult(place.data, 'dead', ['kept']);
    const findingsOf = vi.fn(() => example.findings);
    expect(await getResult(place.data, 'dead', findingsOf)).toMatchObject({
      title: 'Named',
      tags: ['kept'],
      findings: example.findings,
      rounds: [{ id: 'one' }, { id: 'two' }],
    });
    expect(await exists(place.fileOf('dead', 'journal.ndjson'))).toBe(true);
    const recovered = await recoverResult(place.data, 'dead', ({ rounds }) => {
      expect(rounds).toHaveLength(2);
      return example.findings;
    });
    expect(recovered.rounds.map((one) => one.id)).toEqual(['one', 'two']);
    expect(recovered.title).toBe('Named');
    expect(recovered.reason).toBe('The program ended before the experiment did; 2 finished rounds were kept.');
    expect(await getResult(place.data, 'dead')).toEqual({ ...recovered, findings: example.findings });
    expect(await readdir(place.folderOf('dead'))).not.toContain('journal.ndjson');
  });

  it('of a dead run whose wall clock was set back ends no earlier than it began', async () => {
    await place.abandonedJournal('set-back', ['one', 'two'], -7_200_000);
    const { startedAt, endedAt } = await recoverResult(place.data, 'set-back', () => []);
    expect(endedAt).toBe(startedAt);
  });

  it(
    'keeps what it has when the disk is full, in one clear sentence',
    { skip: process.platform !== 'linux' },
    async () => {
      await mkdir(place.folderOf('full'), { recursive: true });
      await symlink('/dev/full', place.fileOf('full', 'other'));
      const { open } = await import('node:fs/promises');
      const { appender } = await import('./journal.ts');
      const file = await open(place.fileOf('full', 'other'), 'a');
      await expect(appender(file, 'journal.ndjson')({ type: 'round' })).rejects.toThrow(
        /^journal\.ndjson could not be written: the disk is full; .* unharmed\.$/,
      );
      await file.close();
    },
  );

  it('keeps windows, repeats and looks, and drops windows of rounds that ended', async () => {
    const load = round('x').latency!;
    const window = {
      ...{ index: 0, pair: 0, startedAtMs: 1, lengthMs: 2000, leadInMs: 500, leadInRequests: 40, parkedMs: 3000 },
      ...{ withheldMs: 0, cpuSeconds: { all: 1 }, load },
    };
    const journal = await openJournal(place.data, headerOf(example));
    await journal.appendWindow('one', window);
    await journal.appendWindow('two', { ...window, index: 1 });
    await journal.append(round('one'));
    await journal.appendRepeat({ block: 0, variants: ['monolith'], only: ['latency'], reason: 'disturbed' });
    await journal.appendLook({ blocks: 3, alphaSpent: 0.025 });
    await journal.close();
    const content = await readJournal(place.fileOf(example.id, 'journal.ndjson'));
    expect(content.windows).toEqual([{ roundId: 'two', window: { ...window, index: 1 } }]);
    expect([content.repeats.length, content.looks, content.damaged]).toEqual([
      1,
      [{ blocks: 3, alphaSpent: 0.025 }],
      [],
    ]);
  });

  it('loses a damaged record only, named by line and field', async () => {
    await place.abandonedJournal('bitten', ['one', 'two', 'three']);
    const file = place.fileOf('bitten', 'journal.ndjson');
    const lines = (await readFile(file, 'utf8')).split('\n');
    // One bit of a digit: still JSON, still a round.
    const bitten = (lines[2] ?? '').replace(
      /"firstGoodMs":(\d)/,
      (_, digit: string) => `"firstGoodMs":${Number(digit) ^ 1}`,
    );
    expect(bitten).not.toBe(lines[2]);
    await writeFile(file, [...lines.slice(0, 2), bitten, ...lines.slice(3)].join('\n'));
    const recovered = await recoverResult(place.data, 'bitten', () => []);
    expect(recovered.rounds.map((one) => one.id)).toEqual(['one', 'three']);
    expect(recovered.reason).toContain(
      'Left out: line 3 of the journal is damaged: field "round.deployment" does not fit its checksum.',
    );
  });

  const linesOf = async (id: string): Promise<string[]> =>
    (await readFile(place.fileOf(id, 'journal.ndjson'), 'utf8')).split('\n').slice(0, -1);
  const rewritten = (id: string, lines: string[]) =>
    writeFile(place.fileOf(id, 'journal.ndjson'), `${lines.join('\n')}\n`);
  const read = async (id: string) => {
    const { rounds, damaged } = await readJournal(place.fileOf(id, 'journal.ndjson'));
    return { ids: rounds.map((one) => one.id), damaged };
  };
  it('is whole where its lines end as on Windows', async () => {
    await place.abandonedJournal('moved', ['one', 'two', 'three']);
    const lines = await linesOf('moved');
    await rewritten(
      'moved',
      lines.map((line) => `${line}\r`),
    );
    expect(await read('moved')).toEqual({ ids: ['one', 'two', 'three'], damaged: [] });
  });

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
    ['swapped with another', ([header, one, two, three]) => [header!, two!, one!, three!], ['one', 'two', 'three'], []],
    [
      'last and came to lie first',
      ([header, one, two, three]) => [three!, header!, one!, two!],
      ['one', 'two', 'three'],
      [],
    ],
    [
      'swapped with another and doubled',
      ([header, one, two, three]) => [header!, two!, one!, two!, three!],
      ['one', 'two', 'three'],
      ['line 4 of the journal is damaged: record 3 was there before'],
    ],
    [
      'dropped, and whose neighbour is damaged',
      ([header, one, , three]) => [header!, one!.slice(5), three!],
      ['three'],
      [
        'line 2 of the journal is damaged: it is not JSON',
        'line 3 of the journal is damaged: record 3 is missing before it',
      ],
    ],
    [
      'broken in two, as one flipped bit can',
      ([header, one, two, three]) => [header!, one!.slice(0, 100), one!.slice(101), two!, three!],
      ['two', 'three'],
      ['line 2 of the journal is damaged: it is not JSON', 'line 3 of the journal is damaged: it is not JSON'],
    ],
    [
      'damaged where its checksum is called so',
      ([header, one, ...others]) => [header!, one!.replace('"sum"', '"sUm"'), ...others],
      ['two', 'three'],
      ['line 2 of the journal is damaged: it has no number'],
    ],
    [
      'never one, between two records',
      ([header, one, ...others]) => [header!, one!, '\0'.repeat(512), ...others],
      ['one', 'two', 'three'],
      ['line 3 of the journal is damaged: it is not JSON'],
    ],
    [
      'the header, doubled',
      ([header, ...others]) => [header!, header!, ...others],
      ['one', 'two', 'three'],
      ['line 2 of the journal is damaged: record 1 was there before'],
    ],
  ];
  it.each(whole)('loses no other line by one that was %s', async (what, change, ids, damaged) => {
    const id = `line-${what.replaceAll(/\W+/g, '-')}`;
    await place.abandonedJournal(id, ['one', 'two', 'three']);
    expect(await read(id)).toEqual({ ids: ['one', 'two', 'three'], damaged: [] });
    await rewritten(id, change(await linesOf(id)));
    expect(await read(id)).toEqual({ ids, damaged });
  });

  it('is read without numbers, as earlier versions wrote it, and never as two runs', async () => {
    await place.abandonedJournal('unnumbered', ['one', 'two']);
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
    await place.abandonedJournal('torn', ['one', 'two']);
    const file = place.fileOf('torn', 'journal.ndjson');
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
    await mkdir(place.home, { recursive: true });
    await writeFile(place.data, 'a file where the data folder should be');
    await expect(openJournal(place.data, headerOf(example))).rejects.toThrow(/journal\.ndjson could not be written: /);
  });
});
