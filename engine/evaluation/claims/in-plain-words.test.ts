import { expect, it } from 'vitest';
import { makeResult } from '../../../report/testing/index.ts';
import type { Finding } from '../../model/index.ts';
import { computeFindings } from '../index.ts';
import { inPlainWords } from './in-plain-words.ts';

const [some] = computeFindings(makeResult({ blocks: 3, variants: ['monolith', 'microservices'] }));
if (some === undefined) throw new Error('no findings');
const titles = (name: string): string => ({ monolith: 'the monolith', microservices: 'microservices' })[name] ?? name;

function finding(change: Partial<Finding>, values: [number | null, number | null]): Finding {
  const [before, after] = values;
  return {
    ...{ ...some, scope: {}, interval: null, ...change },
    baseline: { variant: 'monolith', value: before, blocks: [] },
    variant: { variant: 'microservices', value: after, blocks: [] },
  } as Finding;
}

it.each<[string, Finding]>([
  [
    'Response time p50: microservices 4.83 ms, the monolith 1.23 ms (3.93 x as much, 1.9 to 8.14).',
    finding(
      {
        metric: 'response-p50',
        verdict: 'worse',
        effect: { kind: 'ratio', value: 3.93 },
        interval: { low: 1.9, high: 8.14 },
      },
      [1.23, 4.83],
    ),
  ],
  [
    'Lost good requests when Catalog crashes and is started again: microservices 30 requests, the monolith 100 requests (-70 requests apart, -84 requests to -45 requests).',
    finding(
      {
        ...{ metric: 'lost-good-requests', scope: { fault: 'crash(catalog)' }, verdict: 'better' },
        ...{ effect: { kind: 'difference', value: -70 }, interval: { low: -84, high: -45 } },
      },
      [100, 30],
    ),
  ],
  [
    'Not decided: Edit to live when "a-change" is released: microservices 1.2 s, the monolith not measured.',
    finding({ metric: 'edit-to-live', scope: { change: 'a-change' }, verdict: 'inconclusive', effect: null }, [
      null,
      1200,
    ]),
  ],
  [
    'No difference that matters: Response time p50 at 60 journeys a second: microservices 2 ms, the monolith 2 ms (1 x as much).',
    finding(
      { metric: 'response-p50', scope: { rate: 60 }, verdict: 'equivalent', effect: { kind: 'ratio', value: 1 } },
      [2, 2],
    ),
  ],
])('%s', (said, of) => {
  expect(inPlainWords(of, titles)).toBe(said);
});

it('says a fault and a change within a sentence', () => {
  const of = (scope: Finding['scope']): string =>
    inPlainWords(
      finding({ metric: 'lost-good-requests', scope, verdict: 'worse', effect: null }, [1, 2]),
      titles,
      (name) => ({ better: 'A better shop' })[name] ?? name,
    );
  expect(of({ fault: 'freeze(payments)' })).toMatch(/^Lost good requests when the unit of Payments freezes: /);
  expect(of({ change: 'better' })).toMatch(/^Lost good requests when "A better shop" is released: /);
  expect(of({ change: 'gone' })).toMatch(/ when "gone" is released: /);
});
