import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeFindings, stormSeen } from '../../engine/evaluation/index.ts';
import { recompute } from '../../engine/experiment/index.ts';
import { presets, type Finding, type Result } from '../../engine/model/index.ts';
import { readExperimentFile, readResultFile, readResultOrJournal } from '../../engine/storage/index.ts';
import { exporterOf, exporters } from '../../report/index.ts';

// Files that version 1 wrote, of every preset, made as short as can be: their numbers mean nothing, and they must open.
const stored = path.join(import.meta.dirname, '..', '..', 'engine', 'storage', 'testing', 'version-1');
const unpacked = async (name: string) => gunzipSync(await readFile(path.join(stored, `${name}.gz`))).toString('utf8');

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'cleave-version-1-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function open(name: string): Promise<{ old: Record<string, unknown>; result: Result }> {
  const text = await unpacked(`${name}.result.json`);
  const file = path.join(home, `${name}.json`);
  await writeFile(file, text);
  return { old: JSON.parse(text) as Record<string, unknown>, result: await readResultFile(file) };
}

/** Presets that version 1 had. */
const old = Object.keys(presets).filter(
  (name) => !['limits', 'release', 'scaling', 'swap', 'diagnosis'].includes(name),
);

describe.each(old)('a result of version 1, preset %s', (name) => {
  it('opens with its verdicts, effects, intervals and sentences as they were', async () => {
    const { old, result } = await open(name);
    expect([old['version'], result.version, result.rules]).toEqual([1, 2, 1]);
    const kept = ({ id, verdict, effect, interval, sentence, baseline, variant, pValue, adjustedPValue }: Finding) => ({
      ...{ id, verdict, effect, interval, sentence, baseline, variant, pValue, adjustedPValue },
    });
    expect(result.findings.map(kept)).toEqual((old['findings'] as Finding[]).map(kept));
    expect(result.rounds.map((round) => round.id)).toEqual((old['rounds'] as { id: string }[]).map(({ id }) => id));
  });

  it('says by which rules it was judged in every form a person reads, and cannot be computed again', async () => {
    const { result } = await open(name);
    for (const exporter of exporters) {
      const text = exporter.render(result);
      expect(text.length).toBeGreaterThan(200);
      if (exporter.name === 'html' || exporter.name === 'markdown') expect(text).toContain('rules of version 1');
    }
    expect(() => recompute(result)).toThrow(/rules of version 1/);
  });
});

it('keeps what version 1 had derived of faults, though its slices are gone', async () => {
  const { old, result } = await open('faults');
  const before = (old['rounds'] as { isolation: Record<string, unknown>[] }[]).flatMap((round) => round.isolation);
  const after = result.rounds.flatMap((round) => round.isolation);
  expect(after.some(({ legacy }) => legacy !== null)).toBe(true);
  for (const [index, { legacy, status }] of after.entries()) {
    expect(legacy === null).toBe(status !== 'applied');
    for (const field of ['breadth', 'isolationIndex', 'lostGoodRequests', 'recoverMs'] as const)
      if (legacy !== null) expect(legacy[field]).toBe(before[index]?.[field]);
  }
});

it('keeps what version 1 had derived of storms, and its counters as they were', async () => {
  const { old, result } = await open('retry-storm');
  const before = (old['rounds'] as { storm: Record<string, unknown> }[]).map((round) => round.storm);
  expect(before.length).toBeGreaterThan(0);
  for (const [index, round] of result.rounds.entries()) {
    const seen = stormSeen(round, result.application);
    const { callsReceived, retries, breakerOpens, ...stored } = before[index] ?? {};
    expect(stored['status']).toBe('applied');
    expect(seen?.outcome).toEqual(seen?.measured.legacy);
    for (const [field, value] of Object.entries(seen?.outcome ?? {}))
      expect([field, value]).toEqual([field, stored[field]]);
    expect(Object.keys(seen?.outcome ?? {})).toHaveLength(7);
    expect(seen?.measured.counted).toEqual({ calls: callsReceived, retries, breakerOpens });
    for (const field of ['fault', 'label', 'effectAtMs', 'calmAtMs', 'events', 'pace'] as const)
      expect(seen?.measured[field]).toEqual(stored[field]);
  }
  const markdown = exporterOf('markdown').render(result);
  for (const { name } of result.experiment.variants) expect(markdown).toContain(`- ${name}: yes, it comes back`);
});

it.each([
  ['was not raised', { status: 'aborted', reason: 'not steady', effectAtMs: null, calmAtMs: null }, false],
  ['was raised while nobody could count', { callsReceived: 0, retries: 0, breakerOpens: 0, amplification: null }, true],
])('a storm of version 1 that %s has no counters', async (_, change, derived) => {
  const { old } = await open('retry-storm');
  for (const round of old['rounds'] as { storm: Record<string, unknown> }[]) Object.assign(round.storm, change);
  const file = path.join(home, 'changed.json');
  await writeFile(file, JSON.stringify(old));
  for (const { storm } of (await readResultFile(file)).rounds) {
    expect(storm?.counted).toBeNull();
    expect(storm?.legacy !== null).toBe(derived);
  }
});

it('has a stored file of every preset', async () => {
  const names = (await readdir(stored)).filter((name) => name.endsWith('.result.json.gz'));
  expect(names.map((name) => name.replace('.result.json.gz', '')).toSorted()).toEqual(old.toSorted());
});

it('a journal of version 1 gives its rounds, judged by the rules of now', async () => {
  const file = path.join(home, 'journal.ndjson');
  const text = await unpacked('quick.journal.ndjson');
  await writeFile(file, text);
  // Its owner is written as version 1 wrote owners, which cannot be compared: it is read once nobody has touched it for long.
  await expect(readResultOrJournal(file, computeFindings)).rejects.toThrow('has not ended yet');
  await utimes(file, 0, 0);
  const result = await readResultOrJournal(file, computeFindings);
  expect([result.status, result.rules]).toEqual(['interrupted', 2]);
  expect(result.rounds.length).toBe(text.trim().split('\n').length - 1);
  expect(result.findings.length).toBeGreaterThan(5);
  expect(recompute(result).differences).toEqual([]);
});

it('an experiment of version 1 opens as one with a single look at its end', async () => {
  const { old } = await open('standard');
  const file = path.join(home, 'experiment.json');
  await writeFile(file, JSON.stringify(old['experiment']));
  expect(await readExperimentFile(file)).toMatchObject({ version: 2, looks: null, budgetMs: null, name: 'standard' });
});
