import { describe, expect, it } from 'vitest';
import type { ExploreRelease, ExploreVisitors, LiveChanges } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { releasedUnitInWords, releaseLossInWords, releaseOutcomeInWords } from './release-words.ts';

const change = 'empty-cart-says-what-to-do';
const title = `"${shop.changes?.[change]?.title}"`;
const none: LiveChanges = { changes: [], halfWay: false };
const release = (next: Partial<ExploreRelease> = {}): ExploreRelease => ({
  ...{ what: { kind: 'release', change }, strategy: 'rolling', sinceMs: 5, going: change, stage: 'bundling' },
  ...{ units: [], end: null },
  ...next,
});
const said = (next: Partial<ExploreRelease>, live = none) =>
  releaseOutcomeInWords(release(next), live, shop).replaceAll('\u00a0', ' ');
const end = { tookMs: 2345, problem: null, cancelled: false, marks: null };

describe('a release by hand', () => {
  it('says what is done now', () => {
    const units = [{ name: 'carts', state: 'waits' as const }];
    expect(said({})).toBe(`${title} is being released: its source is edited and bundled.`);
    expect(said({ stage: 'building', units })).toBe(`${title} is being released: bundled; building Carts.`);
    expect(said({ stage: 'replacing', units })).toBe(`${title} is being released: replacing Carts.`);
    expect(said({ stage: 'looking', units })).toContain('waiting for the first answer that shows it');
    expect(said({ going: 'another' })).toContain('first "another", which it builds on: its source');
    expect(releaseOutcomeInWords(null, none, shop)).toContain('Nothing was released yet');
  });

  it('says how far each unit has got, in the order of the strategy', () => {
    const words = (strategy: ExploreRelease['strategy']) =>
      (['waits', 'starts', 'ready', 'ended'] as const).map((state) =>
        releasedUnitInWords({ name: 'carts', state }, strategy),
      );
    expect([words('rolling')[3], words('recreate')[2]]).toEqual(['replaced', 'replaced']);
    for (const strategy of ['rolling', 'recreate', 'blue-green'] as const)
      expect(new Set(words(strategy)).size).toBe(4);
  });

  it('says when it is live, and by what that is known', () => {
    const marks = { bundledMs: 300, builtMs: 700, replacedMs: 2900, seenMs: 2100 };
    const live = { changes: [change], halfWay: false };
    expect(said({ end: { ...end, marks } }, live)).toBe(
      `${title} is live after 2.10 s, with the first answer that shows it. Bundled after 300 ms, images after 700 ms, all replaced after 2.90 s.`,
    );
    expect(said({ end: { ...end, marks: { ...marks, seenMs: null } } }, live)).toContain('live after 2.90 s, when all');
    expect(said({ what: { kind: 'take-back', change }, end })).toBe(`${title} was taken back. It took 2.35 s.`);
  });

  it('says why it failed and what serves', () => {
    const failed = { ...end, problem: 'unit "carts" ended' };
    expect(said({ end: failed })).toBe(
      `${title} could not be released: unit "carts" ended. What served before goes on serving.`,
    );
    expect(said({ end: { ...failed, problem: 'no answer shows it' } }, { changes: [change], halfWay: false })).toBe(
      `${title} is live, but no answer shows it. It can be taken back.`,
    );
    expect(said({ end: failed }, { ...none, halfWay: true })).toContain('It ended half-way');
    expect(said({ end: { ...failed, cancelled: true } }, { changes: [change], halfWay: false })).toBe(
      `The release of ${title} was cancelled. ${title} is live.`,
    );
  });

  it('says what visitors lost since, where they are counted from it', () => {
    const [first = ''] = Object.keys(shop.endpoints);
    const visitors = (asked: number, failed: number, atMs = 5): ExploreVisitors => ({
      since: { atMs, cause: { kind: 'release', release: { kind: 'release', change } } },
      endpoints: [{ name: first, asked, failed, failingNow: false }],
    });
    const lost = (given: ExploreVisitors | null) => releaseLossInWords(release(), given, shop);
    expect(lost(visitors(9, 0))).toBe('Visitors lost none of 9 requests since it began.');
    expect(lost(visitors(9, 2))).toBe(
      `Requests that visitors lost since it began: ${shop.endpoints[first]?.title} 2 of 9.`,
    );
    expect([lost(null), lost(visitors(0, 0)), lost(visitors(9, 2, 6))]).toEqual([null, null, null]);
  });
});
