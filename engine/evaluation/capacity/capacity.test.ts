import { expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import { presets } from '../../model/index.ts';
import { capacityMeasures } from './measures.ts';

it('takes the step of a capacity search from the upper end of its bracket, as the search does', () => {
  const { application } = makeResult({ blocks: 1, faults: [], everything: false, requests: 10 });
  const { probes, ...experiment } = presets.faults.build(application);
  const capacity = { ...{ startJourneysPerSecond: 10, maxJourneysPerSecond: 1000, stepMs: 1000 }, precision: 0.2 };
  const objective = { p95Ms: 100, availability: 0.99 };
  const measures = capacityMeasures({
    ...{ application, endpoints: [], rounds: [] },
    experiment: { ...experiment, probes: { ...probes, capacity: { ...capacity, objective } } },
  });
  // A bracket from 80 to 100 is the narrowest that a search with a fifth looks at no more.
  for (const { resolution } of measures) expect(resolution).toBeCloseTo(Math.log(100 / 80), 12);
});
