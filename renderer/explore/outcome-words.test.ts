import { expect, it } from 'vitest';
import type { ExploreReplacement } from '../../engine/model/index.ts';
import { outcomeInWords } from './outcome-words.ts';

it('says what is under way and what came of it', () => {
  const said = (end: ExploreReplacement['end']) =>
    outcomeInWords({ what: { kind: 'replace', unit: 'orders', strategy: 'recreate' }, sinceMs: 0, end });
  expect(said(null)).toBe('Orders is being stopped and started anew.');
  const end = { tookMs: 2345, problem: null, replaced: [] };
  expect(said(end)).toBe('Orders was stopped and started anew. It took 2.35\u00a0s.');
  expect(said({ ...end, problem: 'unit "orders" does not answer' })).toBe(
    'Orders could not be stopped and started anew: unit "orders" does not answer.',
  );
  expect(outcomeInWords(null)).toContain('Nothing was replaced yet.');
});
