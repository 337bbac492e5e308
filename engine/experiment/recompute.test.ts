import { describe, expect, it } from 'vitest';
import { standardResult, stormResult } from '../../report/testing/index.ts';
import type { Result, Round } from '../model/index.ts';
import { recompute } from './recompute.ts';

const standard = standardResult();

describe('recompute', () => {
  const stored: Result = standard;

  it('gives the same digits, also from a file', () => {
    expect(recompute(stored).differences).toEqual([]);
    expect(recompute(JSON.parse(JSON.stringify(stored)) as Result).differences).toEqual([]);
  });

  it('names what was tampered with', () => {
    const tampered = stored.findings.map((finding) =>
      finding.metric === 'response-p95' && finding.scope.endpoint === undefined && finding.effect !== null
        ? { ...finding, effect: { ...finding.effect, value: 1 } }
        : finding,
    );
    expect(recompute({ ...stored, findings: tampered }).differences[0]).toMatch(
      /finding "microservices\/response-p95", effect: stored .*"value":1}, recomputed /,
    );
    expect(recompute({ ...stored, findings: stored.findings.slice(1) }).differences).toEqual([
      `finding "${stored.findings[0]?.id}" is not in the result`,
    ]);
  });

  it('derives what is said of faults from their slices: whoever changes those changes the findings', () => {
    const label = 'crash(recommendations)';
    const tamper = (round: Round): Round => ({
      ...round,
      lines: {
        isolation: (round.lines['isolation'] ?? []).map((slice) => ({
          ...slice,
          endpoints: Object.fromEntries(
            Object.entries(slice.endpoints).map(([name, one]) => [name, { ...one, good: one.answersMs.length >> 1 }]),
          ),
        })),
      },
    });
    const changed = { ...stored, rounds: stored.rounds.map((round) => (round.block === 0 ? tamper(round) : round)) };
    const { differences } = recompute(changed);
    for (const metric of ['lost-good-requests', 'fault-breadth', 'isolation-index'])
      expect(differences.some((one) => one.includes(`/${metric}/${label}`))).toBe(true);
  });

  const ofStorm: [string, string, (round: Round) => Round][] = [
    [
      'slices',
      'storm-good-share',
      (round) => ({
        ...round,
        lines: {
          storm: (round.lines['storm'] ?? []).map((slice) => ({
            ...slice,
            endpoints: Object.fromEntries(
              Object.entries(slice.endpoints).map(([name, one]) => [name, { ...one, good: one.good >> 1 }]),
            ),
          })),
        },
      }),
    ],
    [
      'counters',
      'retry-amplification',
      (round) => ({ ...round, storm: round.storm && { ...round.storm, callsInCalm: 7 } }),
    ],
    [
      'moments',
      'storm-recovery',
      (round) => ({
        ...round,
        storm: round.storm && { ...round.storm, watchedUntilMs: (round.storm.calmAtMs ?? 0) + 250 },
      }),
    ],
  ];
  it.each(ofStorm)('derives what is said of storms from their %s', (_, metric, tamper) => {
    const storms = stormResult();
    expect(recompute(storms).differences).toEqual([]);
    const { differences } = recompute({ ...storms, rounds: storms.rounds.map(tamper) });
    expect(differences.some((one) => one.includes(`/${metric}/`))).toBe(true);
  });

  it('refuses what was judged by rules that it does not have', () => {
    expect(() => recompute({ ...stored, rules: 1 })).toThrow(/rules of version 1/);
  });
});
