import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { quickResult } from '../../report/testing/index.ts';
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

  it('lets nothing act on the terminal that stands in a result', () => {
    const text = summaryOf({ ...quickResult(), title: 'a\u009b31mb\u001b[8mc\ud83d', reason: '\u0085' });
    expect(stripVTControlCharacters(text)).toContain('31mb');
    // Colours are our own, and pipes have none.
    // oxlint-disable-next-line no-control-regex -- that is what must not come out
    expect(text.replaceAll(/\u001b\[(?!8)\d+m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(text.isWellFormed()).toBe(true);
  });

  it('says so when nothing was measured', () => {
    const text = plain(
      summaryOf({ ...quickResult(), status: 'failed', reason: 'no engine', rounds: [], findings: [] }),
    );
    expect(text.replaceAll('\n', ' ')).toContain('(failed after 0 rounds)');
    expect(text).toContain('Nothing could be compared.');
  });
});
