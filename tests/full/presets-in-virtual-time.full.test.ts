import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { recompute } from '../../engine/experiment/index.ts';
import { runFake } from '../../engine/experiment/testing/index.ts';
import { looksUpTo, presets, type Experiment, type Preset, type Result } from '../../engine/model/index.ts';
import { onceDone } from '../../engine/runtime/index.ts';
import { exporterOf } from '../../report/index.ts';
import { audit } from '../../scripts/audit/audit.ts';
import { parseResult } from '../../scripts/audit/result-file.ts';
import { oneTruth } from '../support/one-truth.ts';

/** Two short blocks: what is compared is the preset's, how long it is watched is not. */
function shortened(experiment: Experiment): Experiment {
  const { isolation, latency } = experiment.probes;
  return {
    ...experiment,
    ...(experiment.looks === null ? { blocks: 2 } : { blocks: 4, looks: looksUpTo(4) }),
    probes: {
      ...experiment.probes,
      latency: { ...latency, durationMs: Math.min(latency.durationMs, 3000) },
      isolation: isolation && { ...isolation, baselineMs: 2000, faultMs: 2000, recoveryMs: 6000 },
    },
  };
}

/** The same with the baseline twice in each block, and the books checked after whatever was broken. */
function withNoiseFloor(experiment: Experiment): Experiment {
  const { probes } = experiment;
  return {
    ...{ ...experiment, noiseFloor: true, blocks: 3, looks: null, budgetMs: null },
    probes: { ...probes, consistency: probes.consistency ?? { settleMs: 1000 } },
  };
}

async function resultOf(preset: Preset, changed: (experiment: Experiment) => Experiment): Promise<Result> {
  const { result, error } = await runFake({
    places: { applicationsDirectory: path.join(import.meta.dirname, '..', '..', 'sample-apps') },
    application: 'shop',
    experiment: (_, application) => changed(preset.build(application)),
  });
  if (result === null) throw error;
  return result;
}

function foundAgain(made: () => Promise<Result>): void {
  it('is computed again to the last digit, by the product and by the audit', async () => {
    const result = await made();
    expect(recompute(result).differences).toEqual([]);
    const { agree, differ } = audit(
      parseResult(JSON.stringify(result), result.title),
      exporterOf('csv').render(result),
    );
    expect(differ).toEqual([]);
    expect(agree).toBeGreaterThan(20);
  });
}

describe.each(Object.values(presets))('preset $name', (preset) => {
  const made = onceDone(() => resultOf(preset, shortened));
  oneTruth(made);
  foundAgain(made);

  describe('with a noise floor and books', () => {
    const twice = onceDone(() => resultOf(preset, withNoiseFloor));
    foundAgain(twice);

    it('measures nothing again for what the second copy was spared', async () => {
      const { status, repeats, rounds } = await twice();
      expect([status, repeats]).toEqual(['completed', []]);
      expect(rounds.some(({ replica }) => replica)).toBe(true);
    });
  });
});
