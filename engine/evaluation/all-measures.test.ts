import { expect, it } from 'vitest';
import { stormResult, makeResult } from '../../report/testing/index.ts';
import { faultPart, probeOfPart, questionsOf, scalingOf } from '../model/index.ts';
import { allMeasures } from './all-measures.ts';
import { evaluations } from './probes.ts';

const { application, experiment } = makeResult({ blocks: 1, requests: 10 });
const { storm } = stormResult().experiment.probes;
const measures = allMeasures({
  ...{ application, endpoints: [], rounds: [] },
  experiment: {
    ...experiment,
    probes: {
      ...experiment.probes,
      storm,
      redeployment: { changes: ['better'], strategy: 'rolling' },
      structure: { changes: true },
      scaling: scalingOf('orders'),
      answers: questionsOf('orders'),
      diagnosis: { faults: [{ kind: 'hang', module: 'orders' }], faultMs: 1000, requests: 1 },
    },
  },
});

/** Read beside response times, and measured again with them. */
const beside = new Set<string>(['resources', 'answers']);

it('reads every measure from a part of its own probe, or from that of response times', () => {
  for (const { metric, probe, part } of measures)
    expect([metric, probeOfPart(part)]).toEqual([metric, beside.has(probe) ? 'latency' : probe]);
  expect(new Set(measures.map(({ probe }) => probe))).toEqual(new Set(Object.keys(evaluations)));
});

it('reads what a fault did from the part of that fault', () => {
  const ofFaults = measures.filter(({ probe }) => probe === 'isolation');
  expect(new Set(ofFaults.map(({ part }) => part)).size).toBeGreaterThan(1);
  for (const { part, scope } of ofFaults) expect(part).toBe(faultPart(scope.fault ?? ''));
});
