import { expect, test } from 'vitest';
import { resultSchema, type RedeploymentMeasurement } from '../../../engine/model/index.ts';
import { csvExporter } from '../../export/csv.ts';
import { markdownExporter } from '../../export/markdown.ts';
import { renderHtml } from '../../html.tsx';
import { poisoned, quickResult, structuredResult } from '../../testing/index.ts';

const sectionOf = (page: string): string => /<section[^>]*id="cr-structure".*?<\/section>/s.exec(page)?.[0] ?? '';
const result = structuredResult();
const page = renderHtml(result);
const section = sectionOf(page);

test('has a row a unit, by variant, and a sentence of each cut', () => {
  expect(page).toContain('href="#cr-structure"');
  for (const { topology } of result.experiment.variants)
    for (const { name } of topology.units) expect(section).toContain(`<th scope="row">${name}</th>`);
  expect(section).toContain('In microservices, Catalog is called by 3 units and calls none');
  expect(section).toContain('a change of its contract may concern 3 others: storefront, recommendations, cart.');
  expect(section).toContain('In monolith everything is one unit');
});

test('says of each change how many units get another program, of how many, and what that comes to', () => {
  const row = /<th scope="row">prices have a currency<\/th>.*?<\/tr>/s.exec(section)?.[0] ?? '';
  expect(row).toContain('1 of 1');
  expect(row).toContain('2 of 3');
  expect(row).toContain('4 of 8');
  expect(section).toMatch(/microservices: 7 of 12 changes \(58 %\) stay within one unit; on average/);
  expect(section).toContain('monolith, modules that call the changed one and units rebuilt: not told');
  expect(section).toMatch(
    /microservices, modules that call the changed one and units rebuilt: rank correlation .* n = 12/,
  );
});

/** Each change released to every deployment; `skewed`: those that must go out in one moment where two units have them. */
function released(skewed: (index: number) => boolean): string {
  const made = structuredResult();
  const changes = Object.keys(made.application.changes ?? {});
  made.experiment.probes.redeployment = { changes, strategy: 'rolling' };
  for (const round of made.rounds)
    round.redeployment = changes.map((change, index): RedeploymentMeasurement => {
      const [first, ...others] = round.structure?.changes?.[index]?.units ?? [];
      const halves = { predicted: [], requests: { home: { scheduled: 9, lost: skewed(index) ? 9 : 0 } } };
      return {
        ...{ change, kind: 'fix', strategy: 'rolling', order: 'providers-first', startedAtMs: 1 },
        ...{ status: 'released', reason: null, modules: [], changedUnits: [], bundledMs: 1, builtMs: 1, addedBytes: 0 },
        ...{ replaced: [], replacedMs: 1, seenMs: null, back: null },
        requests: { scheduled: 0, lost: 0, lostBy: {} },
        contracts: {
          ...{ differences: [], backward: [] },
          skews:
            first === undefined || others.length === 0
              ? []
              : [
                  { ...halves, first: 'providers', released: [first], left: others },
                  { ...halves, first: 'callers', released: others, left: [first] },
                ],
        },
      };
    });
  return sectionOf(renderHtml(resultSchema.parse(made)));
}

test('holds numbers of modules against releases that were measured, where any were, and says beside each what was seen', () => {
  const told = released((index) => index === 0);
  expect(told).toMatch(
    /microservices, modules that call the changed one and units that had to go out at once, as seen: rank correlation .* n = 12/,
  );
  expect(told).toContain(
    'monolith, lines of the changed module and units that had to go out at once, as seen: not told',
  );
  const row = /<th scope="row">prices have a currency<\/th>.*?<\/tr>/s.exec(told)?.[0] ?? '';
  expect(row).toContain('seen: 4 at once');
  expect(/<th scope="row">carts tell weights<\/th>.*?<\/tr>/s.exec(told)?.[0]).toContain('seen: one by one');
  expect(section).not.toContain('at once, as seen');
  expect(section).not.toContain('seen: ');
});

test('says which contracts have to be checked for a change, and how large the image of a unit is', () => {
  const row = /<th scope="row">products have no category<\/th>.*?<\/tr>/s.exec(section)?.[0] ?? '';
  expect(row).toContain('storefront, 2 examples; catalog, 6 examples');
  const unit = /<th scope="row">catalog<\/th>.*?<\/tr>/s.exec(section)?.[0] ?? '';
  expect(unit).toMatch(/1\.06\sMiB<div class="cr-under">132\sMiB</);
  const before = structuredResult();
  for (const { structure } of before.rounds) for (const module of structure?.modules ?? []) delete module.examples;
  const told = sectionOf(renderHtml(before));
  expect(/<th scope="row">search is sorted<\/th>.*?<\/tr>/s.exec(told)?.[0]).toContain('unknown');
});

test('tells usage and calls as they were seen where requests were followed, and says unknown where not', () => {
  // Each of the three callers was seen to use one of three operations.
  expect(section).toMatch(/>33\s%</);
  expect(section).toMatch(/[\d.]+ seen</);
  const unseen = sectionOf(renderHtml(structuredResult({ everything: false })));
  expect(unseen).toContain('>unknown<');
  expect(unseen).toContain('Unknown here: requests were not followed');
  expect(unseen).not.toMatch(/[\d.]+ seen</);
});

test('tells usage as it was seen while releases changed contracts, without how often', () => {
  const released = structuredResult({ everything: false });
  const callers = [
    ...['storefront', 'cart', 'recommendations', 'orders', 'inventory'].map((from) => ({ from, to: 'catalog' })),
  ];
  for (const round of released.rounds)
    round.redeployment = [
      {
        ...{ change: 'a', kind: 'breaking-contract', strategy: 'rolling', order: 'callers-first', startedAtMs: 1 },
        ...{ status: 'released', reason: null, modules: [], changedUnits: [], bundledMs: 1, builtMs: 1, addedBytes: 0 },
        ...{ replaced: [], replacedMs: 1, seenMs: null, back: null },
        requests: { scheduled: 0, lost: 0, lostBy: {} },
        contracts: {
          ...{ differences: [], backward: [], skews: [] },
          calls: callers.map((call) => ({ ...call, operation: 'many' })),
        },
      },
    ];
  const seen = sectionOf(renderHtml(resultSchema.parse(released)));
  expect(seen).toMatch(/>33\s%</);
  expect(seen).toContain('while contracts changed');
  expect(seen).not.toMatch(/[\d.]+ seen</);
});

test('every table has a caption', () => {
  expect(section.match(/<table/g)).toHaveLength(3);
  expect(section.match(/<caption/g)).toHaveLength(3);
});

test('is left out where nobody looked', () => {
  expect(renderHtml(quickResult())).not.toContain('cr-structure');
  expect(markdownExporter.render(quickResult())).not.toContain('## Structure');
});

test('says why where changes were not looked at, and has no table of them', () => {
  const without = structuredResult();
  for (const { structure } of without.rounds) {
    if (structure !== undefined)
      Object.assign(structure, { changes: null, changesReason: 'change "x" does not apply' });
  }
  const told = sectionOf(renderHtml(without));
  expect(told).toContain('not told, change &quot;x&quot; does not apply');
  expect(told.match(/<table/g)).toHaveLength(2);
});

test('keeps hostile names as text', () => {
  const bad = poisoned(structuredResult());
  for (const { structure } of bad.rounds) {
    for (const change of structure?.changes ?? []) change.units.push('<img src=x onerror=alert(1)>');
    for (const module of structure?.modules ?? []) module.operations?.push('__proto__', '<script>alert(1)</script>');
  }
  const told = renderHtml(bad);
  expect(sectionOf(told)).toContain('&lt;img src=x');
  expect(told).not.toMatch(/<img/);
});

test('is in Markdown as sentences and in CSV as values', () => {
  expect(markdownExporter.render(result)).toMatch(/## Structure\n\n- In monolith everything is one unit/);
  const csv = csvExporter.render(result);
  for (const metric of [
    'declared-calls-between-units',
    'unit-consumers',
    'largest-unit-lines',
    'dependency-bytes',
    'units-per-change',
  ])
    expect(csv).toMatch(new RegExp(`round,.*${metric}`));
});
