import { describe, expect, it } from 'vitest';
import type { Finding } from './result.ts';
import { ruledOut } from './undecided.ts';

type Undecided = Parameters<typeof ruledOut>[0];

const finding = (
  kind: 'ratio' | 'difference',
  low: number,
  high: number,
  change: Partial<Undecided> = {},
): Undecided => ({
  verdict: 'inconclusive',
  effect: { kind, value: (low + high) / 2 },
  interval: { low, high },
  openEnd: null,
  otherDeployments: null,
  unit: kind === 'ratio' ? 'ms' : 'share',
  ...change,
});

describe('what an undecided finding rules out', () => {
  it('is the farther end of its interval', () => {
    expect(ruledOut(finding('ratio', 0.5, 1.5))).toEqual({ kind: 'ratio', size: 2 });
    expect(ruledOut(finding('difference', -0.2, 0.1))).toEqual({ kind: 'difference', size: 0.2 });
    expect(ruledOut(finding('difference', -700, 900, { unit: 'ms' }))).toEqual({ kind: 'difference', size: 900 });
  });

  it('is nothing where that tells nobody anything: more than ten times, or most of all there is', () => {
    expect(ruledOut(finding('ratio', 0.05, 1.2))).toBeNull();
    expect(ruledOut(finding('ratio', 0, 1.2))).toBeNull();
    expect(ruledOut(finding('difference', -0.96, 0.1))).toBeNull();
    expect(ruledOut(finding('difference', 0.94, 1))).toBeNull();
  });

  it.each<[string, Partial<Undecided>]>([
    ['an end is not known', { openEnd: 'high' }],
    ['it is decided', { verdict: 'worse' }],
    ['there is no interval', { interval: null }],
    // Its limits are those of the requests that were made; up to 77 % of other deployments may differ by more.
    ['no value varied, so that other deployments may differ', { otherDeployments: 0.77 }],
  ])('is nothing where %s', (_, change) => {
    expect(ruledOut(finding('difference', -0.03, 0.02, change))).toBeNull();
    expect(ruledOut(finding('ratio', 0.9, 1.1, change as Partial<Finding>))).toBeNull();
  });
});
