import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Laboratory } from '../engine/deploy/index.ts';
import { savedExperiments, savedTopologies } from '../engine/storage/index.ts';
import { experimentFrom } from './experiment.ts';

const applicationsDirectory = path.resolve(import.meta.dirname, '..', 'sample-apps');
let home: string;
let laboratory: Laboratory;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cleave-cli-'));
  laboratory = { applicationsDirectory, dataDirectory: home } as Laboratory;
});
afterAll(() => rm(home, { recursive: true, force: true }));

const options = { app: 'shop', preset: 'quick' };

describe('what the window saves', () => {
  it('is known by its name: cuts and experiments, and a refusal names what there is', async () => {
    const base = await experimentFrom(options, laboratory);
    const cut = base.variants[1]?.topology;
    if (cut === undefined) throw new Error('quick compares two');
    await savedTopologies(home, 'shop').save({ ...cut, name: 'drawn' });
    // A cut of another application's modules does not fit and is not offered.
    await savedTopologies(home, 'shop').save({ name: 'strange', units: [{ name: 'a', modules: ['nothing'] }] });
    const compared = await experimentFrom({ ...options, variants: 'monolith,drawn' }, laboratory);
    expect(compared.variants.map((variant) => variant.topology.name)).toEqual(['monolith', 'drawn']);
    await expect(experimentFrom({ ...options, variants: 'monolith,strange' }, laboratory)).rejects.toThrow(
      /unknown topology "strange"; allowed: .*, drawn, or a cut/,
    );

    const saved = { ...base, name: 'mine', title: 'Mine' };
    await savedExperiments(home).save(saved);
    expect((await experimentFrom({ ...options, experiment: 'mine' }, laboratory)).title).toBe('Mine');
    await expect(experimentFrom({ ...options, experiment: 'yours' }, laboratory)).rejects.toThrow(
      'there is no file and no saved experiment named "yours"; saved: mine',
    );
    const yaml = path.join(home, 'mine.yaml');
    await writeFile(yaml, stringify({ ...saved, title: 'From YAML' }));
    expect((await experimentFrom({ ...options, experiment: yaml }, laboratory)).title).toBe('From YAML');
  });
});

it('gives every variant the store that a command line names', async () => {
  const storesOf = async (store?: 'postgres') =>
    (await experimentFrom({ ...options, ...(store && { store }) }, laboratory)).variants.map(
      ({ settings }) => settings.store,
    );
  expect(await storesOf()).toEqual(['sqlite', 'sqlite']);
  expect(await storesOf('postgres')).toEqual(['postgres', 'postgres']);
});
