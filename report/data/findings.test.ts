import { expect, it } from 'vitest';
import type { Finding } from '../../engine/model/index.ts';
import { makeResult } from '../testing/index.ts';
import { whyNotCompared } from './findings.ts';

const result = makeResult({ blocks: 1, everything: false, faults: [], requests: 300 });
const [finding] = result.findings;

it.each<[string, Partial<Finding>, string]>([
  [
    'a side was never measured',
    { variant: { variant: 'b', value: null, blocks: [null] } },
    'not measured on both sides',
  ],
  ['both sides are bounds', { openEnd: 'both' }, 'both sides are only known to be at least their values'],
  ['blocks have one side or the other', {}, 'no block has both'],
])('says why nothing is compared where %s', (_, change, says) => {
  if (finding === undefined) throw new Error('the example has no findings');
  expect(whyNotCompared(result, { ...finding, effect: null, openEnd: null, ...change })).toBe(says);
});
