import { describe, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { measuredMs } from './measured-ms.ts';

const result = makeResult({ blocks: 3, everything: false, requests: 10 });
const day = 86_400_000;
const later = (iso: string, ms: number) => new Date(Date.parse(iso) + ms).toISOString();

describe('how long measuring took', () => {
  it('is all of the time where it was measured in one go', () => {
    expect(measuredMs(result)).toBe(Date.parse(result.endedAt) - Date.parse(result.startedAt));
  });

  it('leaves out what lay between where it was continued a day later', () => {
    const whole = measuredMs(result);
    const rounds = result.rounds.map((round) =>
      round.block < 2 ? round : { ...round, startedAtMs: round.startedAtMs + day },
    );
    const last = rounds.find(({ block }) => block === 2);
    const continued = {
      ...{ rounds, startedAt: result.startedAt, endedAt: later(result.endedAt, day) },
      sittings: [
        { startedAt: result.startedAt, fromBlock: 0 },
        { startedAt: new Date(last?.startedAtMs ?? 0).toISOString(), fromBlock: 2 },
      ],
    };
    expect(measuredMs(continued)).toBeLessThanOrEqual(whole);
    expect(measuredMs(continued)).toBeGreaterThan(whole * 0.8);
  });

  it('is never negative, whatever the wall clock did', () => {
    const sittings = [
      { startedAt: later(result.startedAt, day), fromBlock: 0 },
      { startedAt: later(result.startedAt, 2 * day), fromBlock: 1 },
    ];
    expect(measuredMs({ ...result, sittings })).toBe(0);
  });
});
