import { describe, expect, it } from 'vitest';
import { makeResult } from '../testing/index.ts';
import { elsewhere, utilisationOf, whereItHolds } from './limits.ts';

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
