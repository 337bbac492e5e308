import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadApplication } from '../../engine/deploy/index.ts';
import { judgeClaim, recompute, runExperiment } from '../../engine/experiment/index.ts';
import { presetOf, resultSchema, type Experiment } from '../../engine/model/index.ts';
import { readResultFile } from '../../engine/storage/index.ts';
import { renderHtml } from '../../report/index.ts';
import { testLaboratory } from '../support/laboratory.ts';

/** Everything that the experiment measures, once and as short as can be: its numbers mean nothing, its result must be whole. */
function once(experiment: Experiment): Experiment {
  const { capacity, hops, isolation, latency, resources, storm = null, ...others } = experiment.probes;
  return {
    ...experiment,
    runtime: 'process',
    ...{ blocks: 1, looks: null, budgetMs: null },
    noiseFloor: false,
    maxRepeats: 0,
    warmUp: { minMs: 1000, maxMs: 1000, minRequests: 0 },
    probes: {
      ...others,
      latency:
        latency.windows == null
          ? { durationMs: 1000 }
          : { durationMs: 2000, windows: { ...latency.windows, lengthMs: 1000 } },
      resources: resources && { idleMs: 500 },
      hops: hops && { ...hops, durationMs: 1000 },
      capacity: capacity && { ...capacity, maxJourneysPerSecond: 1.1 * capacity.startJourneysPerSecond, stepMs: 1000 },
      isolation: isolation && {
        ...isolation,
        faults: isolation.faults.slice(-2),
        baselineMs: 1500,
        faultMs: 1000,
        recoveryMs: 1000,
      },
      storm: storm && { ...storm, baselineMs: 2000, spikeMs: 1000, recoveryMs: 1000, pace: null },
    },
  };
}

describe('every preset', () => {
  const laboratory = testLaboratory();
  afterAll(() => laboratory.remove());

  // The others have no parts that the whole experiment of its own test has not.
  it.each(['faults', 'retry-storm', 'fine-versus-coarse', 'thin-handlers', 'crossover', 'memory-threefold'])(
    '%s gives a result that can be stored, read, computed again and reported',
    async (name) => {
      const preset = presetOf(name);
      const experiment = once(preset.build(await loadApplication(laboratory.applicationsDirectory, 'shop')));
      const result = await runExperiment(experiment, {
        laboratory,
        signal: new AbortController().signal,
        onEvent: () => undefined,
      });
      expect(resultSchema.safeParse(result).error).toBeUndefined();
      expect(result.status).toBe('completed');
      expect(result.rounds.map(({ variant }) => variant).toSorted()).toEqual(
        experiment.variants.map((variant) => variant.name).toSorted(),
      );
      for (const round of result.rounds) expect(round.status, round.reasons.join('; ')).not.toBe('failed');
      const stored = await readResultFile(path.join(laboratory.dataDirectory, 'results', result.id, 'result.json'));
      expect(recompute(stored).differences).toEqual([]);
      expect(renderHtml(stored)).toContain(preset.title);
      // One block decides nothing, so a claim held against it is open, whatever the numbers are.
      if (preset.claim !== undefined) expect(judgeClaim(stored)?.outcome).toBe('inconclusive');
    },
  );
});
