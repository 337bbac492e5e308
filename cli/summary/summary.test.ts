import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Finding, Result } from '../../engine/model/index.ts';
import { quickResult, swappedResult } from '../../report/testing/index.ts';
import { summaryOf } from './index.ts';

const plain = (text: string): string => stripVTControlCharacters(text).replaceAll('\u00a0', ' ');

describe('the summary at the end of a comparison', () => {
  it('fits a terminal of 80 columns', () => {
    const lines = plain(summaryOf(quickResult())).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('says in plain words what the cut costs and buys before any number', () => {
    const text = plain(summaryOf(quickResult()));
    expect(text.replaceAll('\n', ' ')).toMatch(
      /Against monolith, microservices costs here: a deployment takes [\d.]+ times as long/,
    );
    expect(text).toMatch(/\d+ deployments of each/);
    expect(text.indexOf('Against')).toBeLessThan(text.indexOf('What microservices costs'));
  });

  it('gives each headline measure one row with both values, effect and interval', () => {
    const row = plain(summaryOf(quickResult()))
      .split('\n')
      .find((line) => line.trimStart().startsWith('Deployment time'));
    expect(row).toMatch(/Deployment time +[\d.]+ (ms|s) +[\d.]+ (ms|s) +[\d.]+ × +[\d.]+ to [\d.]+ ×$/);
  });

  it('says whether a module in another language answers the same, and what it would take elsewhere', () => {
    const text = plain(summaryOf(swappedResult({ other: [4] }))).replaceAll('\n', ' ');
    expect(text).toContain('The same answers: Recommendations was asked 1,000 questions');
    expect(text).toContain('1 of them has another answer. The first is question 5');
    expect(text).toContain('In monolith Recommendations cannot be in Go or Python');
    expect(
      plain(summaryOf(swappedResult()))
        .split('\n')
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });

  it('lets nothing act on the terminal that stands in a result', () => {
    const text = summaryOf({ ...quickResult(), title: 'a\u009b31mb\u001b[8mc\ud83d', reason: '\u0085' });
    expect(stripVTControlCharacters(text)).toContain('31mb');
    // Colours are our own, and pipes have none.
    // oxlint-disable-next-line no-control-regex -- that is what must not come out
    expect(text.replaceAll(/\u001b\[(?!8)\d+m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(text.isWellFormed()).toBe(true);
  });

  it('tells of what is not decided why, each under its own reason', () => {
    const result = quickResult();
    const undecided = result.findings.map((finding, index): Finding => ({
      ...finding,
      ...{ verdict: 'inconclusive', interval: null, otherDeployments: null },
      ...(index === 0
        ? { effect: null, variant: { ...finding.variant, value: null }, sentence: 'Not compared.' }
        : {
            sentence: `Undecided; ${finding.metric === 'response-p95' ? '2 of 3 blocks have a value that counts and' : '2 blocks'} cannot decide, at least 3 are needed.`,
          }),
    }));
    const text = plain(summaryOf({ ...result, findings: undecided }));
    const [open = '', apart = ''] = text.split('Not compared: ');
    expect(open).toMatch(/Not decided: 2 of 3 blocks have a value that counts and cannot decide/);
    expect(open).toMatch(/Not decided: 2 blocks cannot decide, at least 3 are needed.*\n +Response time p50/);
    expect(apart).toMatch(/^not measured on both sides\n +Deployment time/);
    expect(apart).not.toContain('p50');
  });

  it('says where the data are, where all variants have them on servers', () => {
    const result = quickResult();
    const [first, ...others] = result.experiment.variants.map((variant) => ({
      ...variant,
      settings: { ...variant.settings, store: 'postgres' as const },
    }));
    if (first === undefined) throw new Error('no variants');
    const told = (variants: Result['experiment']['variants']) =>
      plain(summaryOf({ ...result, experiment: { ...result.experiment, variants } })).replaceAll('\n', ' ');
    expect(told([first, ...others])).toContain('PostgreSQL 18, one server for all units, ');
    expect(told([first, ...result.experiment.variants.slice(1)])).not.toContain('PostgreSQL');
    expect(told(result.experiment.variants)).not.toContain('PostgreSQL');
  });

  it('counts no round that was cut off as one after which it ended', () => {
    const result = quickResult();
    const last = result.rounds.at(-1);
    const rounds = result.rounds.map((round) => (round === last ? { ...round, status: 'cancelled' as const } : round));
    const text = plain(summaryOf({ ...result, status: 'cancelled', rounds })).replaceAll('\n', ' ');
    expect(text).toContain('2 blocks of at most 3 (cancelled after 5 rounds)');
  });

  it('says so when nothing was measured', () => {
    const text = plain(
      summaryOf({ ...quickResult(), status: 'failed', reason: 'no engine', rounds: [], findings: [] }),
    );
    expect(text.replaceAll('\n', ' ')).toContain('(failed after 0 rounds)');
    expect(text).toContain('Nothing could be compared.');
  });
});
