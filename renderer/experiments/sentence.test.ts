import { describe, expect, it } from 'vitest';
import { experimentSchema } from '../../engine/model/index.ts';
import { makeResult } from '../../report/testing/index.ts';
import { issueSentence } from './sentence.ts';

const { experiment } = makeResult({ blocks: 1, everything: true, requests: 10 });

/** What is said when the experiment is changed so. */
function said(change: object): string[] {
  return (experimentSchema.safeParse({ ...experiment, ...change }).error?.issues ?? []).map(issueSentence);
}

describe('what a form says about a wrong number', () => {
  it('speaks in the unit that the field shows', () => {
    expect(said({ load: { ...experiment.load, deadlineMs: 5 } })).toEqual(['At least 10.0\u00a0ms.']);
    expect(said({ probes: { ...experiment.probes, latency: { durationMs: 10 } } })).toEqual(['At least 1.00\u00a0s.']);
    expect(said({ probes: { ...experiment.probes, hops: { traceShare: 2, durationMs: 5000 } } })).toEqual([
      'At most 100\u00a0%.',
    ]);
    expect(said({ resources: { cpus: 1, memoryBytes: 2 ** 20 } })).toEqual(['At least 64.0\u00a0MiB.']);
    expect(said({ load: { ...experiment.load, journeysPerSecond: 20_000 } })).toEqual(['At most 10,000\u00a0/s.']);
  });

  it('asks for a number, or a whole one', () => {
    expect(said({ blocks: Number.NaN })).toEqual(['Enter a number.']);
    expect(said({ blocks: 1.5 })).toEqual(['Enter a whole number.']);
    expect(said({ title: '' })).toEqual(['This must not be empty.']);
  });
});
