import { describe, expect, it } from 'vitest';
import { orderOf, type Experiment } from '../model/index.ts';
import { problemsAfter, runFake } from './testing/index.ts';

const releasing =
  (changes: string[], strategy: 'rolling' | 'recreate' | 'blue-green' = 'rolling') =>
  (experiment: Experiment): Experiment => ({
    ...experiment,
    probes: { ...experiment.probes, isolation: null, redeployment: { changes, strategy } },
  });

describe('an experiment that releases changes', () => {
  it.each(['rolling', 'recreate', 'blue-green'] as const)('%s, leaves each deployment as it was', async (strategy) => {
    const outcome = await runFake({ experiment: releasing(['louder', 'better-work'], strategy) });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result } = outcome;
    expect(result?.status).toBe('completed');
    for (const { redeployment = [] } of result?.rounds.filter(({ replica }) => !replica) ?? []) {
      expect(redeployment.map(({ change }) => change)).toEqual(['louder', 'better-work']);
      for (const { status, strategy: how, seenMs, replacedMs, builtMs, back } of redeployment) {
        expect([status, how]).toEqual(['released', strategy]);
        expect(replacedMs).toBeGreaterThan(builtMs);
        expect(seenMs ?? replacedMs).toBeGreaterThan(0);
        expect(back?.replacedMs).toBeGreaterThan(0);
      }
    }
    const live = result?.findings.filter(({ metric }) => metric === 'edit-to-live') ?? [];
    expect(live.map(({ scope, family }) => [scope.change, family])).toEqual([
      ['louder', 'release louder'],
      ['better-work', 'release better-work'],
    ]);
  });

  it('counts units that go together: one in a monolith, as many as are edited in microservices', async () => {
    const { result } = await runFake({ experiment: releasing(['louder']) });
    const units = result?.findings.find(({ metric }) => metric === 'released-units');
    expect([units?.baseline.value, units?.variant.value]).toEqual([1, 2]);
  });

  it('is refused before anything is asked of an engine where a change is not known, or there twice', async () => {
    const unknown = await runFake({ experiment: releasing(['none']) });
    expect(String(unknown.error)).toMatch(
      /field "probes\.redeployment\.changes\.0": unknown change "none"; allowed: better-work, /,
    );
    expect(unknown.runtime?.calls.made ?? []).toEqual([]);
    const twice = await runFake({ experiment: releasing(['louder', 'louder']) });
    expect(String(twice.error)).toMatch(/field "probes\.redeployment\.changes\.1": "louder" is there twice/);
  });

  it('goes out in the order in which nobody asks for what is not there', () => {
    expect(orderOf('fix')).toEqual({ there: 'providers-first', back: 'callers-first' });
    expect(orderOf('breaking-contract')).toEqual({ there: 'callers-first', back: 'providers-first' });
  });
});
