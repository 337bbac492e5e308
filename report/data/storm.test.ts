import { describe, expect, test } from 'vitest';
import type { Result, StormMeasurement } from '../../engine/model/index.ts';
import { stormResult } from '../testing/index.ts';
import { stormEnding, stormLead, stormSentence } from './storm-words.ts';
import { stormsOf, stormStory } from './storm.ts';

const result = stormResult();
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** The first variant's view after a change to its storms, told the round. */
function changed(change: (storm: StormMeasurement, block: number) => StormMeasurement) {
  const rounds = result.rounds.map((round) =>
    round.storm ? { ...round, storm: change(round.storm, round.block) } : round,
  );
  const [view] = stormsOf({ ...result, rounds } satisfies Result);
  if (view === undefined) throw new Error('no storm');
  return view;
}
const lost = (storm: StormMeasurement): StormMeasurement => ({
  ...storm,
  ...{ recoverMs: null, recoverCensoredAtMs: 20_000, metastable: true, retries: 700 },
});
const back = (storm: StormMeasurement): StormMeasurement => ({
  ...storm,
  ...{ recoverMs: 1500, recoverCensoredAtMs: null, metastable: false },
});
const skipped = (storm: StormMeasurement): StormMeasurement => ({
  ...storm,
  ...{ status: 'aborted', reason: 'the baseline was not steady', timeline: [], amplification: null },
});

describe('the answer of one variant', () => {
  test('says yes and how soon', () => {
    const view = changed(back);
    expect(plain(stormSentence(view))).toMatch(
      /^retries: yes, it comes back 1\.50 s after spike and fault are over; .* % of the requests are good/,
    );
    expect(plain(stormEnding(view))).toBe('after 1.50 s');
  });

  test('says no where every round stays down, and why', () => {
    const view = changed(lost);
    expect(plain(stormSentence(view))).toContain(
      'retries: no, it does not come back: spike and fault are over, and 20.0 s later it is still not well in all 3 rounds; its own retries keep it down',
    );
    expect(plain(stormEnding(view))).toBe('metastable: more than 20.0 s');
  });

  test('blames no retries where there were none', () => {
    expect(stormSentence(changed((storm) => ({ ...lost(storm), retries: 0 })))).toContain(
      'it stays down although nobody repeats a call',
    );
  });

  test('counts the rounds where they differ', () => {
    const view = changed((storm, block) => (block === 0 ? back(storm) : lost(storm)));
    expect(plain(stormSentence(view))).toContain('not always: in 2 of 3 rounds');
    expect(plain(stormEnding(view))).toBe('after 1.50 s; metastable in 2 of 3 rounds');
  });

  test('says why there was no storm', () => {
    expect(stormSentence(changed(skipped))).toBe('retries: no storm was raised (the baseline was not steady).');
    expect(stormSentence(changed((storm, block) => (block === 0 ? skipped(storm) : back(storm))))).toContain(
      'in 1 more round no storm was raised (the baseline was not steady)',
    );
    expect(stormStory(result, changed(skipped))).toBeNull();
  });
});

test('the storm itself is told from the experiment', () => {
  expect(plain(stormLead(result))).toMatch(/the load rises to 3\.0 × while slow\(recommendations, .*\) is on/);
});

test('the figures are pooled over the rounds, the time line on the steps of the probe', () => {
  const view = changed((storm) => ({
    ...back(storm),
    spike: { scheduled: 60, good: 30, goodPerSecond: 6, p95Ms: 900 },
    recovery: { scheduled: 40, good: 40, goodPerSecond: 2, p95Ms: 20 },
  }));
  expect(view.goodShare).toBeCloseTo(0.7);
  expect(view.goodPerSecond).toMatchObject({ during: 6, after: 2 });
  const whole = stormsOf(result)[0]!;
  const story = stormStory(result, whole);
  expect(story?.resolutionMs).toBe(500);
  expect(story?.undoneMs).toBe(result.experiment.probes.storm?.spikeMs);
  const before = story?.moments.filter((moment) => moment.atMs < 0) ?? [];
  expect(before.length).toBeGreaterThan(4);
  for (const moment of before) expect(moment.availability).toBeGreaterThan(0.9);
});
