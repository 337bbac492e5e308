import { describe, expect, it } from 'vitest';
import { startingWeights } from '../../engine/model/index.ts';
import { weightsFrom } from './decide.ts';

describe('weights of a command line', () => {
  it('are a set, or pairs with commas between them', () => {
    expect(weightsFrom('many-teams')).toEqual(startingWeights['many-teams'].weights);
    expect(weightsFrom('latency=3,cost=0.5')).toEqual({ latency: 3, cost: 0.5 });
    expect(weightsFrom('latency=3, cost=1')).toEqual({ latency: 3, cost: 1 });
  });

  it.each([
    '',
    'latency',
    'latency=',
    'latency=5',
    'latency=-1',
    'latency=NaN',
    'latency=1=2',
    'teams=1',
    '__proto__=1',
  ])('are refused as %s, with what is allowed', (text) => {
    expect(() => weightsFrom(text)).toThrow(/^--weights: .* allowed: small-team/);
  });

  it('name a question once', () => {
    expect(() => weightsFrom('latency=3,latency=1')).toThrow('--weights: "latency" is there twice');
  });
});
