import { expect, test } from 'vitest';
import { faultsSeen } from '../../../engine/evaluation/index.ts';
import type { IsolationOutcome } from '../../../engine/model/index.ts';
import { storyOf } from '../../data/fault-timeline.ts';
import { quickResult, standardResult, withOutcomes } from '../../testing/index.ts';
import { endpointsByWeight, faultsOf } from './data.ts';
import { cellLoss, cellSentence, cellUnreached, expectationWord, faultSentence, recoveryText } from './words.ts';

const standard = standardResult();
const faults = faultsOf(standard);
const view = (fault: string, variant: string) => {
  const found = faults
    .find(({ label }) => label === fault)
    ?.views.find((candidate) => candidate.variant.name === variant);
  if (found === undefined) throw new Error(`no ${fault} on ${variant}`);
  return found;
};

test('a crash hurts every endpoint of the monolith and only its own among microservices', () => {
  const hurt = (variant: string): string[] =>
    [...view('crash(recommendations)', variant).cells.values()]
      .filter((cell) => cell.impacted)
      .map((cell) => cell.endpoint);
  expect(hurt('monolith')).toHaveLength(8);
  expect(hurt('microservices')).toEqual(['suggest']);
});

test('cells pool the counts of all rounds', () => {
  const measured = standard.rounds.filter(
    ({ variant, replica, isolation, block, attempt }) =>
      variant === 'monolith' && !replica && isolation.length > 0 && attempt === (block === 0 ? 2 : 1),
  );
  const search = measured.flatMap((round) =>
    faultsSeen(round, standard.application)
      .filter(({ measured }) => measured.label === 'crash(recommendations)')
      .flatMap(({ outcome }) => outcome?.endpoints.filter((endpoint) => endpoint.endpoint === 'search') ?? []),
  );
  const share = (pick: 'fault' | 'baseline'): number =>
    search.reduce((sum, one) => sum + one[pick].good, 0) / search.reduce((sum, one) => sum + one[pick].scheduled, 0);
  const cell = view('crash(recommendations)', 'monolith').cells.get('search');
  expect(cell?.degradation).toBeCloseTo(1 - share('fault') / share('baseline'), 12);
  expect(cell?.rounds).toBe(5);
});

test('with one server of the store everybody whose data are on it is foretold to be hurt, and may be spared', () => {
  const shared = structuredClone(standard);
  const monolith = shared.experiment.variants.find(({ name }) => name === 'monolith')!;
  monolith.settings.store = 'postgres';
  for (const { variant, isolation } of shared.rounds)
    if (variant === 'monolith') for (const one of isolation) one.unit = 'database';
  const seen = faultsOf(shared)
    .find(({ label }) => label === 'crash(recommendations)')
    ?.views.find(({ variant }) => variant.name === 'monolith');
  const cell = seen!.cells.get('search')!;
  expect([expectationWord(cell), cell.isOnServer]).toEqual(['same server', true]);
  expect(cellSentence(cell, 'Search')).toMatch(
    /does not need the module, but data that it uses are on the same server, and/,
  );
  expect(faultSentence(seen!)).toMatch(/do not need the module \(data on the same server\)/);
  expect([...seen!.cells.values()].filter((one) => expectationWord(one) === 'unforeseen')).toEqual([]);
});

test('what the map did not foretell is named', () => {
  const cell = view('crash(recommendations)', 'monolith').cells.get('search')!;
  expect(expectationWord(cell)).toBe('unforeseen');
  expect(cellSentence(cell, 'Search')).toMatch(/does not need the module and is hurt \(5 of 5 rounds\)/);
  const safe = view('crash(recommendations)', 'microservices').cells.get('search')!;
  expect([expectationWord(safe), cellLoss(safe)]).toEqual(['', '0\u00a0%']);
});

/** The standard result with everything that was derived of faults changed. */
const withIsolation = (change: (one: IsolationOutcome) => Partial<IsolationOutcome>) => withOutcomes(standard, change);

test('an endpoint that was well but seldom reached is cut off: neither hurt nor spared', () => {
  const cutOff = withIsolation((one) => ({
    endpoints: one.endpoints.map((endpoint) => ({
      ...endpoint,
      ...(endpoint.endpoint === 'search'
        ? { need: 'required' as const, degradation: 0, impacted: false, cutOff: true }
        : {}),
      fault: { ...endpoint.fault, notReached: endpoint.fault.scheduled * 3 },
    })),
  }));
  const seen = faultsOf(cutOff)[0]!.views[0]!;
  const cell = seen.cells.get('search')!;
  expect([cell.cutOff, cell.expectation, expectationWord(cell), cellUnreached(cell)]).toEqual([
    true,
    'unknown',
    '',
    '75\u00a0% cut off',
  ]);
  expect(cellSentence(cell, 'Search')).toMatch(
    /needs the module and is not hurt as far as it was reached .* 75\u00a0% cut off\.$/,
  );
  expect(faultSentence(seen)).toContain('1 is cut off, because requests that come before fail');
});

test.each([
  [0.01, 'needs it, spared'],
  [0.6, 'needs it, unclear'],
])('an unhurt endpoint that needs the module, of which up to %d may have been lost: %s', (degradationHigh, word) => {
  const unhurt = withIsolation((one) => ({
    endpoints: one.endpoints.map((endpoint) =>
      endpoint.endpoint === 'search'
        ? { ...endpoint, need: 'required' as const, degradation: 0, degradationHigh, impacted: false }
        : endpoint,
    ),
  }));
  expect(expectationWord(faultsOf(unhurt)[0]!.views[0]!.cells.get('search')!)).toBe(word);
});

test('says for how long less than half of all requests were good, and nothing where that never was', () => {
  const sentence = (brownOutMs: number) => faultSentence(faultsOf(withIsolation(() => ({ brownOutMs })))[0]!.views[0]!);
  expect(sentence(1250)).toMatch(/; less than half of all requests good for 1[.,]25\ss\.$/);
  expect(sentence(0)).not.toContain('half');
});

test('a fault a shape cannot have says so, with the reason', () => {
  const partition = view('partition(orders, payments)', 'monolith');
  expect(partition.status).toBe('cannot-happen');
  expect(faultSentence(partition)).toMatch(/^monolith: cannot happen \(.*share the unit shop/);
  expect(recoveryText(partition)).toBe('cannot happen');
  expect(view('partition(orders, payments)', 'microservices').status).toBe('applied');
});

test('recovery that was not seen is censored, not left out', () => {
  expect(recoveryText(view('hang(recommendations)', 'monolith'))).toMatch(
    /not recovered within 17\.4\ss in 5 of 5 rounds/,
  );
  expect(faultSentence(view('hang(recommendations)', 'monolith'))).toContain('metastable');
});

test('endpoints carry their share of traffic', () => {
  expect(endpointsByWeight(standard).reduce((sum, endpoint) => sum + endpoint.weight, 0)).toBeCloseTo(1, 12);
});

test('the story runs on the clock of the fault, and no loss comes before it', () => {
  const quick = quickResult();
  const story = storyOf(quick, faultsOf(quick)[0]!.views[0]!)!;
  expect(story.undoneMs).toBe(12_000);
  for (const moment of story.moments) if (moment.atMs < 0) expect(moment.availability).toBe(1);
  const at = (ms: number) => story.moments.find((moment) => moment.atMs === ms)?.availability ?? Number.NaN;
  expect(at(-2000)).toBe(1);
  expect(at(3000)).toBeLessThan(0.7);
  expect(story.endpoints).toHaveLength(8);
});
