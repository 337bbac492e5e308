import { expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import { presets, type Round } from '../../model/index.ts';
import { slices } from '../isolation/testing/index.ts';
import { stormMeasures } from './measures.ts';
import { stormPhase } from './seen.ts';
import { stormWith } from './testing/index.ts';

const { application, rounds } = makeResult({ blocks: 1, faults: [], everything: false, requests: 10 });
const [round] = rounds;
if (round === undefined) throw new Error('no round was made');
const experiment = { ...presets.smoke.build(application), probes: presets['retry-storm'].build(application).probes };
const storm = stormWith({ watchedUntilMs: 22_000, counted: { calls: 1416, retries: 600, breakerOpens: 0 } });
/** 200 requests in the calm, 560 under the spike and 384 after it, of which a quarter is good in all. */
const lines = {
  [stormPhase]: slices(0, 22_000, (startMs) => ({
    home: {
      scheduled: startMs >= 5000 && startMs < 10_000 ? 28 : startMs < 5000 ? 10 : 8,
      good: startMs < 5000 ? 10 : startMs < 10_000 ? 7 : 2,
      latencyMs: 20,
    },
  })),
};
const read = (measured: Round) =>
  Object.fromEntries(
    stormMeasures({ experiment, application, endpoints: [], rounds: [] }).map(({ metric, read: from }) => [
      metric,
      from(measured),
    ]),
  );

it('reads good work, amplification and a recovery that was not reached as a bound', () => {
  expect(read({ ...round, storm, lines })).toEqual({
    'storm-good-share': { value: 0.25, censored: false },
    'retry-amplification': { value: 3, censored: false },
    'storm-recovery': { value: 7250, censored: true },
  });
});

it('reads a recovery that was reached', () => {
  const calm = { [stormPhase]: slices(0, 22_000, () => ({ home: { scheduled: 10, good: 10, latencyMs: 20 } })) };
  expect(read({ ...round, storm, lines: calm })['storm-recovery']).toEqual({ value: 0, censored: false });
});

it('reads nothing where no storm was raised', () => {
  const nothing = { 'storm-good-share': null, 'retry-amplification': null, 'storm-recovery': null };
  expect(read(round)).toEqual(nothing);
  expect(read({ ...round, storm: { ...storm, status: 'cannot-happen' }, lines })).toEqual(nothing);
  expect(
    stormMeasures({ experiment: presets.smoke.build(application), application, endpoints: [], rounds: [] }),
  ).toEqual([]);
});
