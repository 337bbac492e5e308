import { expect, it } from 'vitest';
import type { Experiment, GeneratorHealth, LoadPlan, Result } from '../model/index.ts';
import { recompute } from './recompute.ts';
import { problemsAfter, runFake } from './testing/index.ts';

async function measured(
  experiment: (one: Experiment) => Experiment,
  health?: (plan: LoadPlan) => Partial<GeneratorHealth>,
): Promise<Result> {
  const outcome = await runFake({
    experiment: (one) => experiment({ ...one, noiseFloor: true }),
    ...(health === undefined ? {} : { health }),
  });
  expect(problemsAfter(outcome)).toEqual([]);
  if (outcome.result === null) throw outcome.error;
  return outcome.result;
}

const spared = ['deployment', 'latency', 'higher', 'hops'];

it('is spared what is broken on purpose, and nothing of that is missing', async () => {
  const result = await measured((one) => ({ ...one, blocks: 3, maxRepeats: 2 }));
  expect(result.repeats).toEqual([]);
  expect(result.rounds).toHaveLength(9);
  for (const { replica, only, isolation, latency, resources } of result.rounds) {
    expect([only, isolation.length]).toEqual(replica ? [spared, 0] : [null, 2]);
    expect([latency === null, resources === null]).toEqual([false, false]);
  }
  const pairs = (metric: string) =>
    result.findings
      .filter((finding) => finding.metric === metric && finding.scope.endpoint === undefined)
      .map(({ noisePairs }) => noisePairs);
  for (const metric of ['deployment-time', 'response-p50', 'cpu-per-1000-good', 'memory-resident'])
    expect([metric, pairs(metric)]).toEqual([metric, [3]]);
  expect(pairs('lost-good-requests')).toEqual([0, 0]);
  expect(recompute(result).differences).toEqual([]);
});

it('is not deployed where only a fault is measured again, and is where response times are', async () => {
  let loads = 0;
  const spoil = (phase: string) => (plan: LoadPlan) =>
    plan.identitySalt.startsWith(phase) && ++loads === 1
      ? { valid: false, saturated: true, reasons: ['too busy'] }
      : {};
  const again = async (phase: string) => {
    loads = 0;
    const { rounds } = await measured((one) => ({ ...one, blocks: 1, maxRepeats: 1 }), spoil(phase));
    return rounds.flatMap(({ attempt, replica, only }) => (attempt === 2 ? [[replica, only]] : []));
  };
  const faults = ['isolation: crash(extra)', 'isolation: hang(work)'];
  expect(await again('isolation')).toEqual([
    [false, faults],
    [false, faults],
  ]);
  expect((await again('latency')).toSorted()).toEqual([
    [false, ['latency']],
    [false, ['latency']],
    [true, ['latency']],
  ]);
});

it('measures everything where it is all that the baseline is compared with', async () => {
  const result = await measured((one) => ({ ...one, blocks: 1, variants: one.variants.slice(0, 1) }));
  expect(result.rounds.map(({ only, isolation }) => [only, isolation.length])).toEqual([
    [null, 2],
    [null, 2],
  ]);
});

it('measures everything where nothing is broken', async () => {
  const calm = (one: Experiment): Experiment => ({ ...one, blocks: 1, probes: { ...one.probes, isolation: null } });
  expect((await measured(calm)).rounds.map(({ only }) => only)).toEqual([null, null, null]);
});
