import { expect, test } from 'vitest';
import { resultSchema } from '../../../engine/model/index.ts';
import { renderHtml } from '../../html.tsx';
import { poisoned, quickResult, releasedResult } from '../../testing/index.ts';
import { changesOf } from './data.ts';
import { operationsInWords } from './overview.tsx';
import { releaseSentences } from './sentences.ts';

const sectionOf = (page: string): string => /<section[^>]*id="cr-redeployment".*?<\/section>/s.exec(page)?.[0] ?? '';
const result = releasedResult();
const section = sectionOf(renderHtml(result));
const sentences = releaseSentences(result, changesOf(result));

test('sentences say where changes are live sooner, by what was decided', () => {
  expect(sentences).toContainEqual(
    'Live sooner in monolith than in microservices: \u201cA fix\u201d; \u201cPrices say more\u201d; \u201cPrices say less\u201d; \u201cPrices get another name\u201d; \u201cIt errs\u201d.',
  );
  expect(sentences.join(' ')).not.toContain('It never starts\u201d; ');
});

test('sentences say how units may go out, in which cut', () => {
  const cuts = '(macroservices, microservices)';
  expect(sentences).toContainEqual(
    `Can go out unit by unit, if whoever answers goes first: \u201cPrices say more\u201d ${cuts}.`,
  );
  expect(sentences).toContainEqual(
    `Can go out unit by unit, if whoever asks goes first: \u201cPrices say less\u201d ${cuts}.`,
  );
  expect(sentences).toContainEqual(
    `Must go out in one moment, or somebody is not served: \u201cPrices get another name\u201d ${cuts}.`,
  );
});

test('sentences say what a bad release cost in each cut', () => {
  const told = sentences.filter((text) => text.includes('released by mistake'));
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(
    /^\u201cIt errs\u201d, released by mistake: in monolith noticed after 1\.51\ss and undone after 1\.81\ss, 7 requests lost; in macroservices /,
  );
});

test('tables tell what is otherwise in contracts, and what half of a change does, as foretold', () => {
  expect(section).toContain('1, none of them breaking callers');
  expect(section).toContain('1, 1 of them breaking callers');
  expect(section).toContain('2 units, all in one moment');
  expect(section).toContain('<code>catalog.product</code>');
  expect(section).toContain('<code>price</code>');
  expect(section).toContain(
    'Product page fail (90 of 90 lost); Look at the cart not reached, as what comes before fails; as foretold',
  );
  expect(section).toContain('no two versions meet');
  expect(section).toContain('No contract is another by it');
  expect(section).toContain('6 of 8 of Product page failed, noticed after');
  expect(section).toContain('it did not get ready, noticed after');
});

test('what was seen and not foretold is said, and what was foretold and not seen', () => {
  const surprising = releasedResult();
  for (const { redeployment = [] } of surprising.rounds)
    for (const { contracts } of redeployment)
      for (const skew of contracts?.skews ?? []) skew.predicted = skew.predicted.length === 0 ? ['home'] : [];
  const text = sectionOf(renderHtml(surprising));
  expect(text).toContain('not foretold: Product page');
  expect(text).toContain('foretold and not seen: Home');
  expect(text).toContain('(foretold: ');
});

test('a mistake that nobody noticed is said, and so is one that was expected to be given up', () => {
  const unnoticed = releasedResult();
  for (const { redeployment = [] } of unnoticed.rounds)
    for (const { watch } of redeployment)
      if (watch !== undefined) Object.assign(watch, { noticedMs: null, wholeMs: null, alarm: null });
  const told = releaseSentences(unnoticed, changesOf(unnoticed)).filter((text) => text.includes('by mistake'));
  expect(told).toHaveLength(2);
  expect(told[0]).toMatch(/in monolith not noticed in the 3\.00\ss that it was watched, 7 requests lost; in /);
});

test('what was noticed stands in cells that wrap, so that no column is pushed off the page', () => {
  const cells = [...section.matchAll(/<td([^>]*)>[^<]*noticed after/g)].map(([, attributes]) => attributes);
  expect(cells.length).toBeGreaterThan(0);
  for (const attributes of cells) expect(attributes).not.toContain('cr-num');
});

test('of one that never went live nothing is claimed that is not known', () => {
  const unready = /<h3>It never starts<\/h3>.*/s.exec(section)?.[0] ?? '';
  expect(unready).toContain('it never went live');
  expect(unready).not.toContain('edits no module');
  expect(unready).not.toContain('0 B');
});

test('of one that never went live the source says what it edits and which units would have had it', () => {
  const looked = releasedResult();
  for (const round of looked.rounds)
    round.structure = {
      ...{ modules: [], units: [], changesReason: null },
      changes: [{ change: 'unready', modules: ['cart'], units: [round.variant === 'monolith' ? 'shop' : 'cart'] }],
    };
  const text = sectionOf(renderHtml(looked));
  const row = /<th scope="row">It never starts<\/th>.*?<\/tr>/s.exec(text)?.[0] ?? '';
  expect(row).toContain('<td>cart</td>');
  expect(row).toContain('1 unit, did not go live');
  expect(/<h3>It never starts<\/h3>.*/s.exec(text)?.[0]).toContain('edits cart; it never went live');
});

test('a migration is in the first release alone, and that is said', () => {
  const said = 'Built before leaves the migration out';
  expect(section).not.toContain(said);
  const migrated = releasedResult();
  Object.assign(migrated.application.changes?.['a-fix'] ?? {}, { kind: 'schema-migration' });
  expect(sectionOf(renderHtml(migrated)).split(said)).toHaveLength(2);
});

test('bars name each piece of a release and mark when it was live', () => {
  for (const word of ['start', 'ready', 'switch', 'drain', 'old ones end'])
    expect(section).toContain(`>${word}</text>`);
  expect(section).toMatch(/<title>monolith: live 910\sms<\/title>/);
  const [fix] = changesOf(result);
  for (const { stages } of fix?.releases ?? [])
    for (const piece of ['start', 'ready', 'switch', 'drain', 'end'] as const) expect(stages[piece]).toBeGreaterThan(0);
});

test('callers that are not rebuilt are named, with what becomes of them, and are no case of one version', () => {
  const behind = releasedResult();
  for (const { variant, redeployment = [] } of behind.rounds)
    for (const { change, contracts } of redeployment)
      if (change === 'more' && variant === 'microservices' && contracts !== undefined) {
        contracts.skews = [];
        contracts.staying = {
          ...{ first: 'providers', released: ['catalog'], left: ['cart'], predicted: ['cart-view'] },
          requests: { 'cart-view': { scheduled: 20, lost: 20 }, product: { scheduled: 40, lost: 0 } },
        };
      }
  const parsed = resultSchema.parse(behind);
  const text = sectionOf(renderHtml(parsed));
  const chapter = /<h3>Prices say more<\/h3>.*?<h3>/s.exec(text)?.[0] ?? '';
  expect(chapter).toContain('All of it there, callers that are not rebuilt');
  expect(chapter).toContain('<td>cart calls it and is not rebuilt</td>');
  expect(chapter).toContain('Look at the cart fail (60 of 180 lost); as foretold');
  expect(text).toContain('2 units, cart calls it and is not rebuilt');
  expect(section).not.toContain('not rebuilt');
});

test('operations are those between modules, each once', () => {
  const one = { rule: 'r', text: 't' };
  expect(operationsInWords(null)).toBe('not looked at');
  expect(operationsInWords([{ ...one, operation: 'GET /api/home', level: 'breaking' }])).toBe('none');
  expect(
    operationsInWords([
      { ...one, operation: 'a.b', level: 'harmless' },
      { ...one, operation: 'a.b', level: 'breaking' },
    ]),
  ).toBe('1, 1 of them breaking callers');
});

test('results of before, without contracts and watch, are shown as they were', () => {
  const before = releasedResult();
  for (const { redeployment = [] } of before.rounds)
    for (const one of redeployment) {
      delete one.contracts;
      delete one.watch;
    }
  const text = sectionOf(renderHtml(before));
  expect(text).toContain('not looked at');
  expect(text).not.toContain('noticed after');
});

test('is left out where nothing was released, and shows hostile names as text', () => {
  expect(renderHtml(quickResult())).not.toContain('id="cr-redeployment"');
  expect(sectionOf(renderHtml(poisoned(releasedResult())))).not.toContain('<img');
});

test('has what a change takes that was built before where that was measured, and no word of it in results of before', () => {
  expect(sectionOf(renderHtml(releasedResult()))).toContain('>Built before</th>');
  const old = releasedResult();
  for (const { redeployment = [] } of old.rounds) for (const one of redeployment) delete one.warm;
  const before = sectionOf(renderHtml(resultSchema.parse(old)));
  expect(before).toContain('>Live after</th>');
  expect(before).not.toContain('>Built before</th>');
});
