import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureFolder } from './artifact.ts';

let work = '';
beforeEach(() => {
  work = mkdtempSync(path.join(os.tmpdir(), 'cleave-artifact-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

const source = {
  unit: { name: 'shop', modules: ['cart'] },
  application: 'shop',
  language: 'typescript' as const,
  files: { 'unit.mjs': Buffer.from('the right program'), 'data/prices.json': Buffer.from('[1]') },
  hash: 'f'.repeat(64),
};

it('finds what it wrote, and writes it anew when it is to be fresh', async () => {
  const kinds = [];
  for (const fresh of [false, false, true, false]) kinds.push((await ensureFolder(work, source, fresh)).kind);
  expect(kinds).toEqual(['cold', 'warm', 'cold', 'warm']);
});

it.each([
  ['another program', (folder: string) => writeFileSync(path.join(folder, 'unit.mjs'), 'another program')],
  ['one that is as long', (folder: string) => writeFileSync(path.join(folder, 'unit.mjs'), 'the wrong program')],
  ['other data', (folder: string) => writeFileSync(path.join(folder, 'data', 'prices.json'), '[2]')],
  ['a file more', (folder: string) => writeFileSync(path.join(folder, 'package.json'), '{}')],
  ['a package beside it', (folder: string) => mkdirSync(path.join(folder, 'node_modules', 'x'), { recursive: true })],
  ['a file less', (folder: string) => rmSync(path.join(folder, 'data', 'prices.json'))],
  [
    'a link to the right program',
    (folder: string) => {
      writeFileSync(path.join(work, 'elsewhere'), source.files['unit.mjs']);
      rmSync(path.join(folder, 'unit.mjs'));
      symlinkSync(path.join(work, 'elsewhere'), path.join(folder, 'unit.mjs'));
    },
  ],
])('does not run what it finds under that name: %s', async (what, plant) => {
  const { reference } = await ensureFolder(work, source, false);
  plant(reference);
  const { kind } = await ensureFolder(work, source, false);
  // An empty folder holds nothing that could be run.
  expect(kind).toBe(what === 'a package beside it' ? 'warm' : 'cold');
  expect(readFileSync(path.join(reference, 'unit.mjs'), 'utf8')).toBe('the right program');
  if (kind === 'cold') expect(readdirSync(reference).toSorted()).toEqual(['data', 'unit.mjs']);
});
