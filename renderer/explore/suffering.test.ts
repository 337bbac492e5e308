import { expect, it } from 'vitest';
import type { ExploreReplacement, ExploreVisitors, Replacement } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { sufferingInWords, visitsInWords } from './suffering.ts';

const visits = (counts: Record<string, [asked: number, failed: number]>): ExploreVisitors => ({
  since: { atMs: 1, cause: { kind: 'fault', fault: { kind: 'crash', module: 'recommendations' } } },
  endpoints: Object.entries(counts).map(([name, [asked, failed]]) => ({ name, asked, failed, failingNow: failed > 0 })),
});

it('says in one sentence who suffers', () => {
  const said = (visitors: ExploreVisitors) => sufferingInWords(visitors, { replacement: null, release: null }, shop);
  const names = Object.keys(shop.endpoints);
  const [one, other] = [names[0]!, names[1]!];
  const titles = [shop.endpoints[one]!.title, shop.endpoints[other]!.title];
  const begin = 'Recommendations crashes and is started again: ';
  expect(said(visits({ [one]: [0, 0], [other]: [0, 0] }))).toBe(`${begin}the next visitors are on their way.`);
  expect(said(visits({ [one]: [3, 0], [other]: [3, 0] }))).toBe(`${begin}every request has had a good answer since.`);
  expect(said(visits({ [one]: [3, 1], [other]: [3, 0] }))).toBe(`${begin}${titles[0]} failed, nothing else did.`);
  expect(said(visits({ [one]: [3, 1], [other]: [3, 2] }))).toBe(`${begin}requests of every kind failed.`);
  const undisturbed = { ...visits({ [one]: [3, 0] }), since: null };
  expect(said(undisturbed)).toBe('Every request gets a good answer.');
});

it('says for each kind of request what its visitors got', () => {
  const words = (asked: number, failed: number) => visitsInWords({ name: 'home', asked, failed, failingNow: false });
  expect([words(0, 0), words(4, 0), words(4, 1)]).toEqual(['nobody got this far', 'all 4 good', '1 of 4 failed']);
});

it('says what a replacement of instances cost, while it is under way and afterwards', () => {
  const replacement: Replacement = { kind: 'replace', unit: 'orders', strategy: 'rolling' };
  const [first = ''] = Object.keys(shop.endpoints);
  const since = { atMs: 1, cause: { kind: 'replacement' as const, replacement } };
  const said = (counts: [number, number], end: ExploreReplacement['end']) =>
    sufferingInWords(
      { ...visits({ [first]: counts }), since },
      { replacement: { what: replacement, sinceMs: 1, end }, release: null },
      shop,
    );
  const end = { tookMs: 900, problem: null, replaced: [] };
  expect(said([3, 0], null)).toBe(
    'Orders is being replaced one after another: every request has had a good answer since.',
  );
  expect(said([3, 0], end)).toBe('Orders was replaced one after another: every request has had a good answer since.');
  expect(said([3, 1], { ...end, problem: 'no room' })).toBe(
    `Orders could not be replaced one after another: ${shop.endpoints[first]!.title} failed, nothing else did.`,
  );
});
