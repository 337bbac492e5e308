import { describe, expect, it } from 'vitest';
import { seeRounds } from '../../engine/model/index.ts';
import { makeResult } from '../../report/testing/index.ts';
import { progressInWords } from './live.ts';

const { rounds: measured } = makeResult({ blocks: 1, everything: false, requests: 10 });

describe('how far a run is, in the terminal', () => {
  it('counts disturbed rounds and does not stay at the first', () => {
    const run = { startedAtMs: 0, rounds: 6, estimateMs: 60_000, hasBudget: false, mayEndEarly: false };
    const said = (count: number) => {
      const disturbed = measured.slice(0, count).map((round, index) => ({
        atMs: (index + 1) * 20_000,
        type: 'round-ended' as const,
        round: { ...round, status: 'disturbed' as const, startedAtMs: index * 20_000, durationMs: 20_000 },
      }));
      return progressInWords(run, seeRounds([], disturbed), count * 20_000).replaceAll('\u00a0', ' ');
    };
    expect(said(0)).toBe('0 %, 0 of 6 rounds done, about 1 min left');
    expect(said(1)).toBe('16 %, 1 of 6 rounds done, about 2 min left');
    expect(said(2)).toBe('33 %, 2 of 6 rounds done, about 2 min left');
    expect(progressInWords({ ...run, mayEndEarly: true }, [], 0)).toMatch(/0 of at most 6 rounds done, at most/);
  });
});
