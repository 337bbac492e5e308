import { describe, expect, test } from 'vitest';
import { stormPhase } from '../../../engine/evaluation/index.ts';
import { slices } from '../../../engine/evaluation/isolation/testing/index.ts';
import type { Result, Round, StormMeasurement } from '../../../engine/model/index.ts';
import { stormResult } from '../../testing/index.ts';
import { stormsOf, stormStory } from './data.ts';
import { stormEnding, stormLead, stormSentence } from './words.ts';

const result = stormResult();
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

/** What was seen of one round's storm: what it measured and the slices of its load. */
type Seen = Pick<Round, 'lines'> & { storm: StormMeasurement };

/** The first variant's view after a change to what was seen of its storms, told the round. */
function changed(change: (seen: Seen, block: number) => Seen) {
  const rounds = result.rounds.map((round) =>
    round.storm ? { ...round, ...change({ storm: round.storm, lines: round.lines }, round.block) } : round,
  );
  const [view] = stormsOf({ ...result, rounds } satisfies Result);
  if (view === undefined) throw new Error('no storm');
  return view;
}

/** A storm that leaves the application unwell from its effect until so long after its end, watched for 20 s after it. */
function unwell({ storm }: Seen, forMs: number, retries: number): Seen {
  const spikeAtMs = storm.spikeAtMs ?? 0;
  const effectAtMs = spikeAtMs;
  const calmAtMs = effectAtMs + 5000;
  const watchedUntilMs = calmAtMs + 20_000;
  const traffic = (startMs: number) => {
    const bad = startMs >= effectAtMs && startMs < calmAtMs + forMs;
    return { home: { scheduled: 10, good: bad ? 5 : 10, latencyMs: bad ? 500 : 20 } };
  };
  return {
    storm: {
      ...{ ...storm, effectAtMs, calmAtMs, watchedUntilMs },
      counted: { calls: 900, breakerOpens: 0, ...storm.counted, retries },
    },
    lines: { [stormPhase]: slices(storm.beganAtMs ?? 0, watchedUntilMs, traffic) },
  };
}
const lost = (seen: Seen): Seen => unwell(seen, Infinity, 700);
const back = (seen: Seen): Seen => unwell(seen, 1500, 0);
const skipped = (seen: Seen): Seen => ({
  storm: { ...seen.storm, status: 'aborted', reason: 'the baseline was not steady' },
  lines: {},
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
      'retries: no, it does not come back: spike and fault are over, and 15.3 s later it is still not well in all 3 rounds; its own retries keep it down',
    );
    expect(plain(stormEnding(view))).toBe('metastable: more than 15.3 s');
  });

  test('blames no retries where there were none', () => {
    expect(stormSentence(changed((seen) => unwell(seen, Infinity, 0)))).toContain(
      'it stays down although nobody repeats a call',
    );
  });

  test('blames nobody where nobody could count', () => {
    const view = changed((seen) => ({ ...lost(seen), storm: { ...lost(seen).storm, counted: null } }));
    expect([view.retries, view.breakerOpens, view.amplification]).toEqual([null, null, null]);
    expect(stormSentence(view)).toContain('nobody could count whether its own retries keep it down');
  });

  test('counts the rounds where they differ', () => {
    const view = changed((seen, block) => (block === 0 ? back(seen) : lost(seen)));
    expect(plain(stormSentence(view))).toContain('not always: in 2 of 3 rounds');
    expect(plain(stormEnding(view))).toBe('after 1.50 s; metastable in 2 of 3 rounds');
  });

  test('says why there was no storm', () => {
    expect(stormSentence(changed(skipped))).toBe('retries: no storm was raised (the baseline was not steady).');
    expect(stormSentence(changed((seen, block) => (block === 0 ? skipped(seen) : back(seen))))).toContain(
      'in 1 more round no storm was raised (the baseline was not steady)',
    );
    expect(stormStory(result, changed(skipped))).toBeNull();
  });
});

test('nothing is told of a storm whose slices are not there', () => {
  expect(changed((seen, block) => (block === 0 ? { ...lost(seen), lines: {} } : lost(seen)))).toMatchObject({
    metastable: 2,
    without: { rounds: 0, reason: null },
  });
  expect(stormsOf({ ...result, rounds: result.rounds.map((round) => ({ ...round, lines: {} })) })).toEqual([]);
});

test('the storm itself is told from the experiment', () => {
  expect(plain(stormLead(result))).toMatch(/the load rises to 3\.0 × while Recommendations answers .* later;/);
});

test('the figures are pooled over the rounds, the time line on the steps of the probe', () => {
  // 100 of 200 requests under the storm, and all 800 after it, are good.
  const view = changed((seen) => unwell(seen, 0, 0));
  expect(view.goodShare).toBeCloseTo(900 / 1000);
  expect(view.goodPerSecond).toEqual({ before: 40, during: 20, after: 40 });
  const whole = stormsOf(result)[0]!;
  const story = stormStory(result, whole);
  expect(story?.resolutionMs).toBe(250);
  expect(story?.undoneMs).toBe(result.experiment.probes.storm?.spikeMs);
  const before = story?.moments.filter((moment) => moment.atMs < 0) ?? [];
  expect(before.length).toBeGreaterThan(4);
  for (const moment of before) expect(moment.availability).toBeGreaterThan(0.9);
});
