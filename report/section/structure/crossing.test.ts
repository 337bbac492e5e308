import { expect, test } from 'vitest';
import { markdownExporter } from '../../export/markdown.ts';
import { renderHtml } from '../../html.tsx';
import { makeResult, poisoned, structuredResult } from '../../testing/index.ts';
import { crossingsOf } from './crossing.ts';

const sectionOf = (page: string): string => /<section[^>]*id="cr-crossing".*?<\/section>/s.exec(page)?.[0] ?? '';
const result = structuredResult();

test('every variant has the same calls, and each is a function call or goes over the network', () => {
  const page = renderHtml(result);
  const section = sectionOf(page);
  expect(page).toContain('href="#cr-crossing"');
  expect(section).toContain('monolith: none of 10 calls goes over the network; all are function calls.');
  expect(section).toContain('microservices: all of 10 calls go over the network.');
  expect(section).toMatch(/macroservices: \d of 10 calls go over the network; the others are function calls\./);
  const row = /<th scope="row">Orders → Payments<\/th>.*?<\/tr>/s.exec(section)?.[0] ?? '';
  expect(row.match(/function call/g)?.length).toBeGreaterThan(0);
  expect(row).toContain('<b>over the network</b>');
});

test('times are those of calls that were followed, a call each, and none are told where none was', () => {
  const crossings = crossingsOf(result);
  const cartToCatalog = crossings?.calls.findIndex(({ from, to }) => from === 'Cart' && to === 'Catalog');
  for (const { variant, calls } of crossings?.variants ?? []) {
    const followed = variant.roundsOf('hops').flatMap(({ hops }) => (hops === null ? [] : [hops]));
    const edges = followed.flatMap((one) => one.edges).filter(({ from, to }) => from === 'cart' && to === 'catalog');
    const count = edges.reduce((total, { callsPerJourney }) => total + callsPerJourney, 0);
    const waited = edges.reduce((total, { totalMs }) => total + totalMs, 0);
    expect(count).toBeGreaterThan(0);
    expect(calls[cartToCatalog ?? -1]?.callMs).toBeCloseTo(waited / count);
  }
  expect(sectionOf(renderHtml(result))).toMatch(/ms each|µs each/);
  const unseen = sectionOf(renderHtml(structuredResult({ everything: false })));
  expect(unseen).toContain('over the network');
  expect(unseen).not.toMatch(/ each</);
  expect(unseen).not.toContain('sampled journeys');
});

test('has the contract of each module, by operation and field, and nothing of it in results of before', () => {
  const section = sectionOf(renderHtml(result));
  expect(section).toContain('What Catalog offers: 3 operations');
  const row = /<code>catalog\.search<\/code>.*?<\/tr>/s.exec(section)?.[0] ?? '';
  expect(row).toContain('Does search');
  expect(row).toContain('<code>id</code>: text<');
  expect(row).toContain('<code>limit</code>: whole number, may be left out');
  expect(row).toContain('an empty object');
  const before = structuredResult();
  for (const { structure } of before.rounds) for (const module of structure?.modules ?? []) delete module.contract;
  expect(sectionOf(renderHtml(before))).toContain('over the network');
  expect(sectionOf(renderHtml(before))).not.toContain('offers');
});

test('is left out where variants differ in something else', () => {
  const alike = makeResult({ variants: ['monolith', 'microservices'], blocks: 1, requests: 100, faults: [] });
  const [first, second] = alike.experiment.variants;
  if (first !== undefined && second !== undefined) second.topology = first.topology;
  expect(crossingsOf(alike)).toBeNull();
  expect(renderHtml(alike)).not.toContain('cr-crossing');
  expect(markdownExporter.render(alike)).not.toContain('## Which calls');
});

test('keeps hostile names as text', () => {
  expect(sectionOf(renderHtml(poisoned(structuredResult())))).not.toMatch(/<img|<script/);
});

test('is in Markdown as sentences', () => {
  expect(markdownExporter.render(result)).toMatch(/## Which calls cross the network\n\n- monolith: none of 10 calls/);
});
