import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { namedTopology, type Topology } from '../model/index.ts';
import { ChangeError, impactOfChanges } from './index.ts';
import { fakeLaboratory } from './testing/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cleave-impact-'));
let laboratory: Awaited<ReturnType<typeof fakeLaboratory>>;
let topologies: Topology[];
beforeAll(async () => {
  laboratory = await fakeLaboratory({ folder });
  topologies = ['monolith', 'microservices'].flatMap((name) => namedTopology(laboratory.application, name) ?? []);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const impact = (changes: string[], signal?: AbortSignal) =>
  impactOfChanges(laboratory, laboratory.application, { topologies, changes, signal });

it('of a change is on the units that it makes other programs of, in each cut', async () => {
  expect(await impact(['louder', 'better-work'])).toMatchObject([
    { change: 'louder', modules: ['front', 'extra'], units: { monolith: ['all'], microservices: ['front', 'extra'] } },
    { change: 'better-work', title: 'Better work', kind: 'fix', units: { monolith: ['all'], microservices: ['work'] } },
  ]);
});

it('is that of the change itself, not of those it builds on', async () => {
  const [first] = await impact(['best-work']);
  expect([first?.modules, first?.units['microservices']]).toEqual([['work'], ['work']]);
});

it('is not asked for of what is not known, and can be cancelled', async () => {
  await expect(impact(['none'])).rejects.toThrow(ChangeError);
  await expect(impact(['louder'], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
