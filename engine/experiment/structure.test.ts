import { describe, expect, it } from 'vitest';
import type { Experiment } from '../model/index.ts';
import { recompute } from './index.ts';
import { problemsAfter, runFake } from './testing/index.ts';

const looking = (experiment: Experiment): Experiment => ({
  ...experiment,
  blocks: 2,
  probes: { ...experiment.probes, isolation: null, structure: { changes: true } },
});

describe('an experiment that looks at the structure', () => {
  it('finds the same in every deployment of a cut, and counts what it comes to', async () => {
    const outcome = await runFake({ experiment: looking });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result } = outcome;
    if (result === null) throw outcome.error;
    for (const { name, topology } of result.experiment.variants) {
      const looked = result.rounds.filter(({ variant }) => variant === name).map(({ structure }) => structure);
      expect(looked.length).toBeGreaterThan(1);
      for (const structure of looked) expect(structure).toEqual(looked[0]);
      expect(looked[0]?.units.map(({ unit }) => unit)).toEqual(topology.units.map(({ name: unit }) => unit));
    }
    const found = Object.fromEntries(
      result.findings
        .filter(({ probe }) => probe === 'structure')
        .map(({ metric, method, baseline, variant }) => [metric, { method, values: [baseline.value, variant.value] }]),
    );
    // A journey asks 4/3 times, each time one call of each of both others.
    expect(found['declared-calls-between-units']?.values[0]).toBe(0);
    expect(found['declared-calls-between-units']?.values[1]).toBeCloseTo(8 / 3, 3);
    expect(found['unit-consumers']?.values[0]).toBe(0);
    expect(found['unit-consumers']?.values[1]).toBeCloseTo(2 / 3, 3);
    expect(found['units-per-change']?.values).toEqual([1, 1.5]);
    for (const { method } of Object.values(found)) expect(method).toBe('counted');
    expect(recompute(result).differences).toEqual([]);
  });

  it('is as before where nobody asks', async () => {
    const { result } = await runFake({
      experiment: (one) => ({ ...looking(one), probes: { ...one.probes, isolation: null } }),
    });
    expect(result?.rounds.some((round) => 'structure' in round)).toBe(false);
    expect(result?.findings.some(({ probe }) => probe === 'structure')).toBe(false);
  });
});
