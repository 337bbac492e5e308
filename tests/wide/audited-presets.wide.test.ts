import path from 'node:path';
import { expect, it } from 'vitest';
import { recompute } from '../../engine/experiment/index.ts';
import { problemsAfter, runFake } from '../../engine/experiment/testing/index.ts';
import { presetOf, presets } from '../../engine/model/index.ts';
import { audit } from '../../scripts/audit/audit.ts';
import { parseResult } from '../../scripts/audit/result-file.ts';

const applicationsDirectory = path.resolve(import.meta.dirname, '..', '..', 'sample-apps');

it.each(Object.keys(presets))(
  'every number of the preset %s with a noise floor and books is found again, twice',
  async (name) => {
    const outcome = await runFake({
      application: 'shop',
      places: { applicationsDirectory },
      experiment: (_, application) => {
        const { blocks, ...built } = presetOf(name).build(application, {});
        return {
          ...{ ...built, blocks: Math.min(blocks, 3), noiseFloor: true, looks: null, budgetMs: null },
          probes: { ...built.probes, consistency: built.probes.consistency ?? { settleMs: 1000 } },
        };
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result } = outcome;
    if (result === null) throw outcome.error;
    expect([result.status, result.repeats]).toEqual(['completed', []]);
    expect(result.rounds.some(({ replica }) => replica)).toBe(true);
    expect(recompute(result).differences).toEqual([]);
    const { agree, differ } = audit(parseResult(JSON.stringify(result), name));
    expect(differ).toEqual([]);
    expect(agree).toBeGreaterThan(400);
  },
);
