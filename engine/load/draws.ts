import { createRandom, drawValue, type Draw, type Random } from '../model/index.ts';
import { noVariables, type Variables } from './template.ts';

/**
 * The values that journey number `index` of a load draws. They depend on nothing but the seed and the index, so every variant gets
 * the same; identities also on the salt, so that two loads of one deployment never repeat one.
 */
export function drawVariables(
  draws: Readonly<Record<string, Draw>>,
  streams: { values: Random; identities: Random },
): Variables {
  const variables = noVariables();
  for (const [name, draw] of Object.entries(draws)) variables[name] = drawValue(draw, streams);
  return variables;
}

/** The two streams of one journey. */
export function journeyStreams(plan: { seed: number; identitySalt: string }, index: number) {
  return {
    values: createRandom(plan.seed, 'journey', index),
    identities: createRandom(plan.seed, 'identity', plan.identitySalt, index),
  };
}
