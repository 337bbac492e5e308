import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadApplication, type Laboratory } from '../engine/deploy/index.ts';
import { estimateDurationMs } from '../engine/model/index.ts';
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
    const { experiment: base } = await experimentFrom(options, laboratory);
    const cut = base.variants[1]?.topology;
    if (cut === undefined) throw new Error('quick compares two');
    await savedTopologies(home, 'shop').save({ ...cut, name: 'drawn' });
    // A cut of another application's modules does not fit and is not offered.
    await savedTopologies(home, 'shop').save({ name: 'strange', units: [{ name: 'a', modules: ['nothing'] }] });
    const { experiment: compared } = await experimentFrom({ ...options, variants: 'monolith,drawn' }, laboratory);
    expect(compared.variants.map((variant) => variant.topology.name)).toEqual(['monolith', 'drawn']);
    await expect(experimentFrom({ ...options, variants: 'monolith,strange' }, laboratory)).rejects.toThrow(
      /unknown topology "strange"; allowed: .*, drawn, or a cut/,
    );

    const saved = { ...base, name: 'mine', title: 'Mine' };
    await savedExperiments(home).save(saved);
    expect((await experimentFrom({ ...options, experiment: 'mine' }, laboratory)).experiment.title).toBe('Mine');
    await expect(experimentFrom({ ...options, experiment: 'yours' }, laboratory)).rejects.toThrow(
      'there is no file and no saved experiment named "yours"; saved: mine',
    );
    const yaml = path.join(home, 'mine.yaml');
    await writeFile(yaml, stringify({ ...saved, title: 'From YAML' }));
    expect((await experimentFrom({ ...options, experiment: yaml }, laboratory)).experiment.title).toBe('From YAML');
  });
});

it('gives every variant the store that a command line names', async () => {
  const storesOf = async (store?: 'postgres') =>
    (await experimentFrom({ ...options, ...(store && { store }) }, laboratory)).experiment.variants.map(
      ({ settings }) => settings.store,
    );
  expect(await storesOf()).toEqual(['sqlite', 'sqlite']);
  expect(await storesOf('postgres')).toEqual(['postgres', 'postgres']);
});

it('takes a cut in another language for declared, where it is written down', async () => {
  const one = 'front:storefront+catalog+cart+inventory+payments+orders+notifications';
  const variants = [`plain=${one}|picks:recommendations`, `go=${one}|picks@go:recommendations`];
  const of = async (...asked: string[]) => {
    const { experiment } = await experimentFrom({ ...options, variants: asked.join(',') }, laboratory);
    return experiment.declaredDifferences;
  };
  expect(await of(...variants)).toEqual(['language']);
  expect(await of(variants[1]!, 'same' + variants[1]!.slice(2))).toEqual([]);
  expect(await of('monolith', variants[0]!)).toEqual([]);
});

describe('a budget', () => {
  const release = { ...options, preset: 'release' };

  it('takes so many changes that three deployments of each cut fit it, and says which it leaves out', async () => {
    const whole = await experimentFrom(release, laboratory);
    const all = whole.experiment.probes.redeployment?.changes ?? [];
    expect(all.length).toBeGreaterThan(5);
    for (const budget of [12, 8].map((minutes) => minutes * 60_000)) {
      const { experiment, leftOut } = await experimentFrom({ ...release, budget }, laboratory);
      const kept = experiment.probes.redeployment?.changes ?? [];
      expect([...kept, ...leftOut.toReversed()]).toEqual(all);
      expect(leftOut).not.toEqual([]);
      expect(estimateDurationMs({ ...experiment, blocks: 3, budgetMs: null })).toBeLessThanOrEqual(budget);
    }
  });

  it('of twelve minutes still holds what must go out at once and what a bad release costs', async () => {
    const { experiment } = await experimentFrom({ ...release, budget: 12 * 60_000 }, laboratory);
    const { changes = {} } = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const kinds = experiment.probes.redeployment?.changes.map((change) => changes[change]?.kind);
    expect(kinds).toEqual(expect.arrayContaining(['fix', 'additive-contract', 'rename-at-once', 'bug-errors']));
  });

  it('leaves one change, however short it is, and everything where it is long or the plan is written down', async () => {
    const { experiment } = await experimentFrom({ ...release, budget: 10_000 }, laboratory);
    expect(experiment.probes.redeployment?.changes).toHaveLength(1);
    expect((await experimentFrom({ ...release, budget: 3_600_000 }, laboratory)).leftOut).toEqual([]);
    const file = path.join(home, 'release.json');
    await writeFile(file, JSON.stringify((await experimentFrom(release, laboratory)).experiment));
    expect((await experimentFrom({ ...options, experiment: file, budget: 10_000 }, laboratory)).leftOut).toEqual([]);
  });
});
