import { describe, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { checkExperiment, mistakesUnder } from './check.ts';
import { freeExperimentName } from './draft-store.ts';

const result = makeResult({ blocks: 1, everything: false, requests: 10 });
const { experiment, application } = result;

describe('checking an experiment while it is edited', () => {
  it('finds nothing wrong with a good one', () => {
    expect(checkExperiment(experiment, application)).toEqual({});
  });

  it('puts each mistake at its field, in one sentence', () => {
    const first = experiment.variants[0];
    if (first === undefined) throw new Error('the example has no variant');
    const bad = {
      ...experiment,
      name: 'Not Good',
      blocks: 0,
      load: { ...experiment.load, journeysPerSecond: -1 },
      warmUp: { ...experiment.warmUp, minMs: 9000, maxMs: 1000 },
      variants: [first, { ...first, topology: { ...first.topology, units: [{ name: 'half', modules: ['nowhere'] }] } }],
    };
    const mistakes = checkExperiment(bad, application);
    expect(Object.keys(mistakes).toSorted()).toEqual([
      'blocks',
      'load.journeysPerSecond',
      'name',
      'variants.1.name',
      'variants.1.topology',
      'warmUp.maxMs',
    ]);
    expect(mistakes['variants.1.topology']).toContain('unknown module "nowhere"');
    expect(Object.keys(mistakesUnder(mistakes, 'variants.1'))).toEqual(['name', 'topology']);
    for (const message of Object.values(mistakes)) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  it('names copies apart', () => {
    expect(freeExperimentName('quick', new Set())).toBe('quick');
    expect(freeExperimentName('quick', new Set(['quick', 'quick-2']))).toBe('quick-3');
  });
});
