import { describe, expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import { computeFindings } from '../../evaluation/index.ts';
import type { Result } from '../../model/index.ts';
import { judgeClaim } from './judge-claim.ts';

function from(preset: string, options: Parameters<typeof makeResult>[0]): Result {
  const made = makeResult({ blocks: 5, replica: true, faults: [], requests: 1000, ...options });
  const result = { ...made, experiment: { ...made.experiment, preset } };
  return { ...result, findings: computeFindings(result) };
}

describe('judgeClaim', () => {
  it.each([
    ['fine-versus-coarse', 'macroservices'],
    ['thin-handlers', 'monolith'],
    ['memory-threefold', 'monolith'],
  ] as const)('%s: agrees when the same direction is decided, and shows both numbers', (preset, baseline) => {
    const judged = judgeClaim(from(preset, { variants: [baseline, 'microservices'] }));
    expect(judged?.outcome).toBe('agrees');
    expect(judged?.published).toMatch(/\d/);
    expect(judged?.measured).toMatch(/^microservices .* is [\d.]+ x /);
    expect(judged?.reasons.length).toBeGreaterThan(0);
  });

  it('disagrees when the other direction is decided', () => {
    expect(judgeClaim(from('memory-threefold', { variants: ['microservices', 'monolith'] }))?.outcome).toBe(
      'disagrees',
    );
  });

  it('cannot tell from one block', () => {
    expect(judgeClaim(from('memory-threefold', { blocks: 1 }))?.outcome).toBe('inconclusive');
  });

  it('judges the crossover by the pair that works long', () => {
    const result = from('crossover', { variants: ['monolith', 'microservices'] });
    const [monolith, microservices] = result.experiment.variants;
    if (monolith === undefined || microservices === undefined) throw new Error('no variants');
    const named = (suffix: string) =>
      [monolith, microservices].map((variant) => ({ ...variant, name: `${variant.name}-${suffix}` }));
    // With much work both answer alike: the heavy services get the heavy monolith's rounds.
    const rounds = (alike: boolean) =>
      result.rounds
        .filter((round) => !round.replica)
        .flatMap((round) => {
          const twin = result.rounds.find(
            (other) => other.block === round.block && other.variant === 'monolith' && !other.replica,
          );
          const heavy = alike && round.variant === 'microservices' && twin !== undefined ? twin : round;
          return [
            { ...round, variant: `${round.variant}-light` },
            { ...heavy, variant: `${round.variant}-heavy` },
          ];
        });
    const crossing = (alike: boolean): Result => ({
      ...result,
      experiment: { ...result.experiment, variants: [...named('light'), ...named('heavy')] },
      rounds: rounds(alike),
    });
    expect(judgeClaim(crossing(true))).toMatchObject({
      outcome: 'agrees',
      measured: expect.stringMatching(/With little work: .* With much work: No difference/) as string,
    });
    expect(judgeClaim(crossing(false))?.outcome).toBe('disagrees');
  });

  it('has nothing to say about other experiments', () => {
    expect(judgeClaim(from('quick', {}))).toBeNull();
  });
});
