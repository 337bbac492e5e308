import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseExamples } from '../../engine/contracts/index.ts';
import { parseApplication } from '../../engine/deploy/index.ts';
import { formatTopology, parseTopology } from '../../engine/model/index.ts';
import {
  kindOfFile,
  openJournal,
  readExperimentFile,
  readExperimentOf,
  readResultFile,
  readSettings,
  savedTopologies,
} from '../../engine/storage/index.ts';
import { readJournal } from '../../engine/storage/recover.ts';
import { makeResult } from '../../report/testing/index.ts';
import { hostileText } from './hostile-text.ts';

const shop = path.join(import.meta.dirname, '..', '..', 'sample-apps', 'shop');
const small = makeResult({ blocks: 1, requests: 20, faults: [], everything: false });

/** For one text, on a machine that has other things to do. */
const patienceMs = 60;
/** Readers whose files are long: a text of theirs takes ten times as long as one of the others. */
const isHeavy: ReadonlySet<string> = new Set(['a result', 'an experiment of a result', 'an application', 'examples']);
/** What a program says that meets what it did not think of. */
const astonished =
  /is not a function|cannot read|cannot set|undefined|\[object|maximum call stack|invalid array length|out of memory|invalid_type|"code":|not iterable|heap|assert/i;

/**
 * Every reader of files that anybody may have written, each given so many texts that are nearly sound, fewer where its files are long: what it cannot use it refuses with one sentence of its own, and what it takes it
 * takes again from what it wrote.
 */
export function fuzzReaders({ light, heavy }: { light: number; heavy: number }): void {
  const home = mkdtempSync(path.join(tmpdir(), 'cleave-readers-'));
  afterAll(() => rmSync(home, { recursive: true }));

  /** Reads a text from a file of that name. */
  const inFile =
    (name: string, read: (file: string) => Promise<unknown>) =>
    async (text: string): Promise<unknown> => {
      const file = path.join(home, `${randomUUID()}-${name}`);
      await writeFile(file, text);
      try {
        return await read(file);
      } finally {
        await rm(file, { force: true });
      }
    };

  /** The journal of a run whose program is gone. */
  async function journal(): Promise<string> {
    const { id, title, startedAt, experiment, application, environment, gate, order } = small;
    const header = { id, title, startedAt, experiment, application, environment, gate, order };
    const kept = await openJournal(home, header);
    for (const round of small.rounds.slice(0, 1)) await kept.append(round);
    await kept.close();
    return readFile(path.join(home, 'results', id, 'journal.ndjson'), 'utf8');
  }

  const topologies = path.join(home, 'topologies', 'shop');
  mkdirSync(topologies, { recursive: true });
  const saved = JSON.stringify({
    name: 'mine',
    units: [{ name: 'all', modules: ['storefront', 'cart'], instances: 2 }],
  });
  const experiment = JSON.stringify({ ...small.experiment, schema: 'cleave/experiment', version: 2 });
  const readers: [
    what: string,
    form: 'json' | 'yaml' | 'plain',
    sound: () => string | Promise<string>,
    read: (text: string) => unknown,
  ][] = [
    ['a result', 'json', () => JSON.stringify(small), inFile('result.json', readResultFile)],
    ['a journal', 'plain', journal, inFile('journal.ndjson', (file) => readJournal(file))],
    ['an experiment', 'json', () => experiment, inFile('experiment.json', readExperimentFile)],
    ['an experiment in YAML', 'yaml', () => experiment, inFile('experiment.yaml', readExperimentFile)],
    ['an experiment of a result', 'json', () => JSON.stringify(small), inFile('result.json', readExperimentOf)],
    ['what a file is', 'json', () => experiment, inFile('x.cleave', kindOfFile)],
    [
      'a saved topology',
      'json',
      () => saved,
      async (text) => {
        writeFileSync(path.join(topologies, 'mine.json'), text);
        return savedTopologies(home, 'shop').get('mine');
      },
    ],
    [
      'settings',
      'json',
      () => '{"theme":"dark"}',
      async (text) => {
        writeFileSync(path.join(home, 'settings.json'), text);
        return readSettings(home);
      },
    ],
    [
      'an application',
      'yaml',
      () => readFileSync(path.join(shop, 'application.yaml'), 'utf8'),
      (text) => parseApplication(text, 'shop'),
    ],
    [
      'examples',
      'yaml',
      () => readFileSync(path.join(shop, 'cart', 'examples.yaml'), 'utf8'),
      (text) => parseExamples(text, 'cart'),
    ],
    [
      'a cut',
      'plain',
      () => 'two=front:storefront+cart|rest*2:catalog+recommendations',
      (text) => formatTopology(parseTopology(text)),
    ],
  ];

  describe('a text that is nearly sound', () => {
    const withCases = readers.map(([what, ...reader]) => [what, isHeavy.has(what) ? heavy : light, ...reader] as const);
    it.each(withCases)(
      'of %s is read, or refused in a sentence (%i cases)',
      async (_what, cases, form, sound, read) => {
        const text = await sound();
        await read(text);
        await fc.assert(
          fc.asyncProperty(hostileText(text, form), async (hostile) => {
            try {
              await read(hostile);
            } catch (error) {
              const { name, message } = error as Error;
              expect(name, message).not.toMatch(/^(?:Type|Range|Reference|Syntax|Zod|YAML\w*|Internal)Error$/);
              expect(message).toMatch(/^[^\n]{5,1200}$/);
              expect(message).not.toMatch(astonished);
            }
          }),
          { numRuns: cases },
        );
      },
      Math.max(90_000, Math.max(light, heavy) * patienceMs),
    );
  });
}
