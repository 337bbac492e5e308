import { describe, expect, it } from 'vitest';
import type { UnitFacts } from '../runtime/index.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

/** A run in whose first block one unit is held to something else as soon as it is loaded. */
async function tampered(change: Partial<UnitFacts>) {
  let changed = false;
  let blocks = 0;
  const outcome = await runFake({
    experiment: (experiment) => ({ ...unbroken(experiment), maxRepeats: 1 }),
    onEvent: (event) => {
      if (event.type === 'load' && event.phase === 'latency' && blocks === 0) changed = true;
      if (event.type === 'round-ended') {
        changed = false;
        blocks += 1;
      }
    },
    facts: (unit) => (changed && unit === 'all' ? change : {}),
  });
  return { outcome, rounds: outcome.result?.rounds ?? [] };
}

const whole = await runFake({ experiment: unbroken });
const unitName = whole.result?.rounds[0]?.observed[0]?.unit;

describe('a unit that is changed while it is measured', () => {
  it('is called as the test calls it', () => expect(unitName).toBe('all'));

  it('is found in no round in which nobody changed one', () => {
    expect(whole.result?.rounds.flatMap(({ changed }) => changed)).toEqual([]);
    expect(whole.result?.rounds.map(({ status }) => status)).not.toContain('invalid');
    expect(whole.result?.gate.some(({ detail }) => detail.includes('otherwise'))).toBe(false);
  });

  const changes: [string, Partial<UnitFacts>, RegExp, string[]][] = [
    ['its CPU time', { cpuQuota: 0.1 }, /unit "all": limit of CPU time 0, afterwards 0\.1$/, ['limits']],
    ['its memory', { memoryBytes: 64 }, /unit "all": memory limit \d+, afterwards 64$/, ['memory']],
    ['its processors', { cpus: '' }, /unit "all": processors \S+, afterwards none$/, ['cpu', 'generator-cpu']],
    ['its image', { image: 'sha256:other' }, /unit "all": image \S+, afterwards sha256:other$/, ['base']],
    ['its base', { base: 'other' }, /unit "all": base image base, afterwards other$/, ['base']],
    ['its swap', { swapBytes: -1 }, /unit "all": limit of swap 0, afterwards -1$/, ['limits']],
    ['its processes', { processes: 8 }, /unit "all": limit of processes 256, afterwards 8$/, ['limits']],
    ['its restarts', { heals: false }, /unit "all": restart after a crash true, afterwards false$/, ['surroundings']],
    [
      'its environment',
      { environment: { CLEAVE_UNIT: '{}' } },
      /unit "all": configuration true, afterwards false$/,
      ['configured'],
    ],
  ];
  it.each(changes)('makes the round invalid, which says so: %s', async (_, change, words, checks) => {
    const { outcome, rounds } = await tampered(change);
    expect(problemsAfter(outcome)).toEqual([]);
    const round = rounds.find(({ changed }) => changed.length > 0);
    expect(round).toMatchObject({ status: 'invalid', attempt: 1 });
    expect(round?.reasons.some((reason) => words.test(reason))).toBe(true);
    expect(rounds.filter(({ changed }) => changed.length > 0)).toHaveLength(1);
    // It is measured again, in every variant.
    expect(rounds.filter(({ attempt }) => attempt === 2).map(({ status }) => status)).toEqual([
      'completed',
      'completed',
    ]);
    expect(outcome.result?.repeats[0]?.reason).toContain('changed while it was measured');
    // What the units showed at first is not all that is said of them.
    const otherwise = outcome.result?.gate.filter(({ detail }) => detail.includes('otherwise by the end of'));
    expect(otherwise?.map(({ name }) => name)).toEqual(checks);
    for (const { detail } of otherwise ?? [])
      expect(detail).toMatch(/; otherwise by the end of 1 of 4 deployments, which does not count$/);
  });

  it('is nothing where the engine does not show it any more', async () => {
    const { rounds } = await tampered({ cpuQuota: null, memoryBytes: null });
    expect(rounds.flatMap(({ changed }) => changed)).toEqual([]);
  });
});
