import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { appSettingsSchema, type Topology } from '../model/index.ts';
import {
  emptyTrash,
  listTrash,
  readExperimentFile,
  readSettings,
  restore,
  savedExperiments,
  savedTopologies,
  writeSettings,
} from './index.ts';
import { migrate } from './migrations.ts';
import { fileProblem } from './storage-error.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cleave-collection-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const { experiment } = makeResult({ blocks: 1, requests: 10, faults: [], everything: false });

describe('collections', () => {
  it('keep whatever valid topologies are saved, by name', async () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
    const topology: fc.Arbitrary<Topology> = fc.record({
      name,
      units: fc.array(fc.record({ name, modules: fc.array(name, { minLength: 1, maxLength: 4 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(topology, { selector: (one) => one.name, maxLength: 5 }), async (topologies) => {
        run += 1;
        const saved = savedTopologies(path.join(home, `run-${run}`), 'shop');
        for (const one of topologies) await saved.save(one);
        expect(await saved.list()).toEqual(topologies.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
        for (const one of topologies) await saved.delete(one.name);
        expect(await saved.list()).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('move what is deleted to the trash, one beside another of the same name, and bring it back', async () => {
    const data = path.join(home, 'with-trash');
    const experiments = savedExperiments(data);
    expect(await experiments.delete(experiment.name)).toBeNull();
    await experiments.save(experiment);
    const first = await experiments.delete(experiment.name);
    const other = { ...experiment, title: 'Another of the same name' };
    await experiments.save(other);
    const second = await experiments.delete(experiment.name);
    expect(await experiments.list()).toEqual([]);
    const cut: Topology = { name: 'mine', units: [{ name: 'all', modules: ['a', 'b'] }] };
    const cuts = savedTopologies(data, 'shop');
    await cuts.save(cut);
    const third = await cuts.delete('mine');
    const inTrash = await listTrash(data);
    expect(inTrash.map(({ kind, id, title }) => [kind, id, title]).toSorted()).toEqual([
      ['cut', `shop/${third}`, 'mine'],
      ['experiment', first, experiment.title],
      ['experiment', second, other.title],
    ]);
    await restore(data, 'experiment', second ?? '');
    expect(await experiments.list()).toEqual([other]);
    await expect(restore(data, 'experiment', first ?? '')).rejects.toThrow(/already; it was not replaced/);
    expect(await experiments.list()).toEqual([other]);
    await restore(data, 'cut', `shop/${third}`);
    expect(await cuts.list()).toEqual([cut]);
    await expect(restore(data, 'cut', `shop/${third}`)).rejects.toThrow(/no|not/);
    expect(await emptyTrash(data)).toBe(1);
    expect(await listTrash(data)).toEqual([]);
  });

  it.each(['../experiments/x', '..', 'a/b', 'A', 'x.json', ''])('bring nothing back under the id "%s"', async (id) => {
    const data = path.join(home, 'with-ids');
    await expect(restore(data, 'experiment', id)).rejects.toThrow(/is not in the trash/);
    await expect(restore(data, 'cut', `shop/../${id}`)).rejects.toThrow(/is not in the trash/);
    await expect(restore(data, 'cut', `../${id}`)).rejects.toThrow();
    await expect(restore(data, 'result', id)).rejects.toThrow();
  });

  it('refuse what is not valid, naming the field, and leave damaged files out of the list', async () => {
    const experiments = savedExperiments(path.join(home, 'experiments-here'));
    await experiments.save(experiment);
    await expect(experiments.save({ ...experiment, blocks: 0 })).rejects.toThrow(
      /"split-cost" is not a usable experiment: field "blocks": /,
    );
    await expect(experiments.save({ ...experiment, name: '../up' })).rejects.toThrow(/field "name"/);
    await expect(experiments.get('../../up')).rejects.toThrow(/must be 1 to 40 lower-case letters/);
    await writeFile(path.join(home, 'experiments-here', 'experiments', 'damaged.json'), '{');
    expect(await experiments.list()).toEqual([experiment]);
    await expect(experiments.get('damaged')).rejects.toThrow(/damaged\.json is not JSON/);
    expect(await readExperimentFile(path.join(home, 'experiments-here', 'experiments', 'split-cost.json'))).toEqual(
      experiment,
    );
  });
});

describe('settings', () => {
  it('start as the defaults, also from a damaged file, and keep what is set', async () => {
    const folder = path.join(home, 'settings-here');
    const defaults = appSettingsSchema.parse({});
    expect(await readSettings(folder)).toEqual(defaults);
    await writeSettings(folder, { ...defaults, theme: 'dark' });
    expect((await readSettings(folder)).theme).toBe('dark');
    await writeFile(path.join(folder, 'settings.json'), '{"theme":"plaid"}');
    expect(await readSettings(folder)).toEqual(defaults);
  });
});

describe('migrations', () => {
  const format = {
    schema: 'cleave/thing',
    current: 3,
    migrations: {
      1: (old: unknown) => ({ ...(old as object), version: 2, second: true }),
      2: (old: unknown) => ({ ...(old as object), version: 3, third: true }),
    },
  };
  it('go one version at a time', () => {
    expect(migrate({ schema: 'cleave/thing', version: 1 }, 'f', format)).toEqual({
      schema: 'cleave/thing',
      version: 3,
      second: true,
      third: true,
    });
    expect(migrate({ schema: 'cleave/thing', version: 3 }, 'f', format)).toEqual({
      schema: 'cleave/thing',
      version: 3,
    });
  });
  it('refuse what is newer or too old', () => {
    expect(() => migrate({ schema: 'cleave/thing', version: 4 }, 'f', format)).toThrow(/newer Cleave/);
    expect(() => migrate({ schema: 'cleave/thing', version: 1 }, 'f', { ...format, migrations: {} })).toThrow(
      /no longer reads/,
    );
  });
});

it.each([
  ['ENOSPC', /^x\.json could not be written: the disk is full; /],
  ['EACCES', /^x\.json could not be written: the folder \/data does not allow it; /],
  ['EIO', /^x\.json could not be written: went wrong\.$/],
])('says %s in words', (code, message) => {
  expect(fileProblem(Object.assign(new Error('went wrong'), { code }), '/data/x.json', 'written').message).toMatch(
    message,
  );
});
