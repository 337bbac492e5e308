import { expect, test } from 'vitest';
import { acting, actingIn, cancelledResult, makeResult, poisoned, quickResult } from '../testing/index.ts';
import { renderComparisonHtml } from './html.tsx';
import { compareResults } from './model.ts';

const quick = quickResult();

test('a result and itself differ in nothing', () => {
  const same = compareResults(quick, quick);
  expect(same.settings).toEqual([]);
  expect(same.verdicts).toEqual([]);
  const known = same.numbers.filter(({ change, atLeast }) => change !== null && !atLeast.before);
  expect(new Set(known.map(({ word }) => word))).toEqual(new Set(['about the same']));
});

test('changed settings are named by their path, variants by their name', () => {
  const slower = structuredClone(quick);
  slower.experiment.load.journeysPerSecond = 80;
  slower.experiment.variants[1]!.settings.resilience.deadlineMs = 500;
  expect(compareResults(quick, slower).settings).toEqual([
    { path: 'experiment.variants.microservices.settings.resilience.deadlineMs', before: '1000', after: '500' },
    { path: 'experiment.load.journeysPerSecond', before: '40', after: '80' },
  ]);
});

test('a number beyond the band is better or worse, in the direction of its metric', () => {
  const other = structuredClone(quick);
  for (const finding of other.findings) {
    if (finding.metric === 'deployment-time') finding.variant.value = (finding.variant.value ?? 0) * 2;
    if (finding.metric === 'capacity-rate') finding.variant.value = (finding.variant.value ?? 0) * 2;
    if (finding.metric === 'memory-resident') finding.variant.value = (finding.variant.value ?? 0) * 1.02;
  }
  const word = (metric: string) =>
    compareResults(quick, other).numbers.find(
      (change) => change.metric === metric && change.variant === 'microservices',
    )?.word;
  expect([word('deployment-time'), word('capacity-rate'), word('memory-resident')]).toEqual([
    'worse',
    'better',
    'about the same',
  ]);
});

test('verdicts that came out otherwise are listed', () => {
  const other = structuredClone(quick);
  other.findings[0]!.verdict = 'equivalent';
  expect(compareResults(quick, other).verdicts).toMatchObject([
    { title: 'Deployment time', before: 'worse', after: 'equivalent' },
  ]);
});

test('the document warns that rounds were not interleaved, and holds hostile text as text', () => {
  const page = renderComparisonHtml(quick, poisoned(makeResult({ blocks: 1, requests: 40 })));
  expect(page).toContain('not interleaved');
  expect(page).not.toMatch(/<img|<script/i);
  const turned = renderComparisonHtml(quick, poisoned(makeResult({ blocks: 1, requests: 40 }), acting));
  expect(turned).toContain('31mb');
  expect(actingIn(turned)).toBeUndefined();
});

test('results with nothing in common are compared in words', () => {
  const page = renderComparisonHtml(cancelledResult(), cancelledResult());
  expect(page).toContain('Neither result has compared numbers.');
  expect(page).toContain('Nothing: both ran with the same settings');
});

test('a variant and faults that only one result has are a line each', () => {
  const wider = makeResult({ variants: ['monolith', 'microservices', 'macroservices'], faults: [], requests: 50 });
  const changes = compareResults(quick, wider).settings;
  expect(changes.find((change) => change.path === 'experiment.variants.macroservices')).toMatchObject({
    before: 'none',
    after: expect.stringContaining('front:storefront+cart') as string,
  });
  expect(changes.filter((change) => change.path.startsWith('experiment.variants.'))).toHaveLength(1);
  expect(changes.find((change) => change.path === 'experiment.probes.isolation.faults')?.before).toContain(
    'Recommendations crashes',
  );
});

test('numbers at another rate are changes of their own, and a result differs from itself in no verdict', () => {
  const mixed = structuredClone(quick);
  for (const finding of mixed.findings) if (finding.scope.rate !== undefined) finding.verdict = 'inconclusive';
  expect(compareResults(mixed, mixed).verdicts).toEqual([]);
  const keys = compareResults(quick, quick).numbers.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const sides = quick.findings.flatMap(({ metric, scope, variant }) =>
    scope.rate === undefined ? [] : [`${metric} ${variant.variant}`],
  );
  expect(sides.length).toBeGreaterThan(0);
  expect(
    compareResults(quick, quick).numbers.filter(({ title }) => title.includes('/s')).length,
  ).toBeGreaterThanOrEqual(sides.length);
});

test('a bound is shown as one, and only what it cannot turn is called a change', () => {
  const recovery = ({ metric }: { metric: string }) => metric === 'time-to-recover';
  const changes = compareResults(quick, quick).numbers.filter(recovery);
  const bounds = changes.filter(({ atLeast }) => atLeast.before);
  expect(bounds.length).toBeGreaterThan(0);
  for (const { word } of bounds) expect(word).toBe('not known');
  expect(renderComparisonHtml(quick, quick).replaceAll('\u00a0', ' ')).toMatch(/≥ [\d.]+ s/);
});
