import { describe, expect, it } from 'vitest';
import { environmentFacts } from '../section/environment.tsx';
import { makeResult } from '../testing/index.ts';
import { elsewhere, utilisationOf, whereItHolds } from './limits.ts';
import { trustIn } from './trust.ts';

const result = makeResult({ blocks: 3, variants: ['monolith', 'microservices'] });

describe('where a result holds', () => {
  it('is told with the processors that each cut used of those that it had', () => {
    const one = utilisationOf(result, 'monolith') ?? 0;
    expect(one).toBeGreaterThan(0);
    const twice = {
      ...result,
      rounds: result.rounds.map((round) =>
        round.resources === null
          ? round
          : { ...round, resources: { ...round.resources, windowMs: round.resources.windowMs / 2 } },
      ),
    };
    expect(utilisationOf(twice, 'monolith')).toBeCloseTo(2 * one, 10);
    const [where, used] = whereItHolds(result);
    expect(where).toMatch(/^One host with \d+ CPUs?.*, at 40 journeys a second \(\d+(\.\d+)? requests a second\)\.$/);
    expect(used).toMatch(/^Under that load .+ used .+ of th(at processor|ose processors|e processors)\.$/);
  });

  it('counts the processors that units could be on where they were held to none', () => {
    const large = { ...result.environment, cpus: 64 };
    const at = (more: Partial<typeof large>) => ({ ...result, environment: { ...large, ...more } });
    const pinned = at({ applicationCpus: [3], usableCpus: 4 });
    const free = at({ applicationCpus: null, usableCpus: 4 });
    const whole = at({ applicationCpus: null });
    const share = (one: typeof result): number => utilisationOf(one, 'monolith') ?? 0;
    expect(share(pinned)).toBeCloseTo(4 * share(free), 10);
    expect(share(free)).toBeCloseTo(16 * share(whole), 10);
    const [held, loose, all] = [pinned, free, whole].map((one) => whereItHolds(one)[0] ?? '');
    expect(held).toContain('64 CPUs, 1 of them for all units of a deployment together');
    expect(loose).toContain('64 CPUs, 4 of them may be used');
    expect(all).toMatch(/64 CPUs, at/);
    const [bound, unbound] = [pinned, free].map((one) => trustIn(one).facts.at(-1) ?? '');
    expect(bound).toContain('64 CPUs, 1 for all units of a deployment together');
    expect(unbound).toContain('64 CPUs, 4 of which may be used');
    expect(environmentFacts(free)).toContainEqual(['Processors that may be used', '4']);
    expect(environmentFacts(whole).map(([name]) => name)).not.toContain('Processors that may be used');
  });

  it('says nothing of what was not measured', () => {
    const bare = { ...result, rounds: result.rounds.map((round) => ({ ...round, resources: null })) };
    expect(utilisationOf(bare, 'monolith')).toBeNull();
    expect(whereItHolds(bare)).toHaveLength(1);
  });

  it('warns of cuts that ran near the limit', () => {
    const full = {
      ...result,
      rounds: result.rounds.map((round) =>
        round.resources === null || round.variant !== 'microservices'
          ? round
          : { ...round, resources: { ...round.resources, windowMs: round.resources.windowMs / 1000 } },
      ),
    };
    expect(whereItHolds(full).at(-1)).toMatch(/ran near the limit/);
  });

  it('has a list without numbers of what would differ elsewhere', () => {
    const list = elsewhere(result);
    expect(list.length).toBeGreaterThan(4);
    expect(list.join(' ')).not.toMatch(/\d/);
    const alone = makeResult({ variants: ['monolith'] });
    expect(elsewhere(alone).length).toBeLessThan(list.length);
  });
});
