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

async function resultOf(preset: Preset): Promise<Result> {
  const { result, error } = await runFake({
    places: { applicationsDirectory: path.join(import.meta.dirname, '..', '..', 'sample-apps') },
    application: 'shop',
    experiment: (_, application) => shortened(preset.build(application)),
  });
  if (result === null) throw error;
  return result;
}

describe.each(Object.values(presets))('preset $name', (preset) => {
  const made = onceDone(() => resultOf(preset));

  oneTruth(made);

  it('is computed again to the last digit, by the product and by the audit', async () => {
    const result = await made();
    expect(recompute(result).differences).toEqual([]);
    const { agree, differ } = audit(parseResult(JSON.stringify(result), preset.name), exporterOf('csv').render(result));
    expect(differ).toEqual([]);
    expect(agree).toBeGreaterThan(20);
  });
});
