import { expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import { presets, type Round, type StormMeasurement } from '../../model/index.ts';
import { stormMeasures } from './others.ts';

const { application, rounds } = makeResult({ blocks: 1, faults: [], everything: false, requests: 10 });
const [round] = rounds;
if (round === undefined) throw new Error('no round was made');
const experiment = { ...presets.smoke.build(application), probes: presets['retry-storm'].build(application).probes };
const window = (scheduled: number, good: number) => ({ scheduled, good, goodPerSecond: good, p95Ms: 20 });
const storm: StormMeasurement = {
  fault: { kind: 'slow', module: 'recommendations', delayMs: 400 },
  label: 'one',
  spikeFactor: 3,
  status: 'applied',
  reason: null,
  effectAtMs: 0,
  calmAtMs: 5000,
  baseline: window(100, 100),
  spike: window(300, 30),
  recovery: window(100, 70),
  callsReceived: 900,
  retries: 600,
  breakerOpens: 0,
  amplification: 3,
  recoverMs: null,
  recoverCensoredAtMs: 12_000,
  metastable: true,
  events: [],
  timeline: [],
  resolutionMs: 250,
};
const read = (measured: Round) =>
  Object.fromEntries(
    stormMeasures({ experiment, application, endpoints: [] }).map(({ metric, read: from }) => [metric, from(measured)]),
  );

it('reads good work, amplification and a recovery that was not reached as a bound', () => {
  expect(read({ ...round, storm })).toEqual({
    'storm-good-share': { value: 0.25, censored: false },
    'retry-amplification': { value: 3, censored: false },
    'storm-recovery': { value: 12_000, censored: true },
  });
});

it('reads nothing where no storm was raised', () => {
  const nothing = { 'storm-good-share': null, 'retry-amplification': null, 'storm-recovery': null };
  expect(read(round)).toEqual(nothing);
  expect(read({ ...round, storm: { ...storm, status: 'cannot-happen' } })).toEqual(nothing);
  expect(stormMeasures({ experiment: presets.smoke.build(application), application, endpoints: [] })).toEqual([]);
});
