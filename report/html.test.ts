import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { faultKindSchema, resultSchema } from '../engine/model/index.ts';
import { ReportDocument } from './document.tsx';
import { openEmbedded, type EmbeddedResult } from './embed.ts';
import { renderHtml } from './html.tsx';
import { hostile, poisoned } from './testing/hostile.ts';
import { cancelledResult, makeResult, quickResult, smokeResult, standardResult } from './testing/index.ts';

const standard = standardResult();
const html = renderHtml(standard);

function embedded(page: string): EmbeddedResult {
  const json = /<script type="application\/json" id="cleave-result">(.*?)<\/script>/s.exec(page)?.[1];
  if (json === undefined) throw new Error('no result inside');
  return JSON.parse(json) as EmbeddedResult;
}

describe('the file', () => {
  test('is one page under 2 MB with a closed policy', () => {
    expect(html.startsWith('<!doctype html><html lang="en">')).toBe(true);
    expect(new TextEncoder().encode(html).length).toBeLessThan(2_000_000);
    expect(html).toContain('default-src &#x27;none&#x27;');
  });

  test('asks nothing of the network', () => {
    const markup = html.replace(/<script type="application\/json".*?<\/script>/s, '');
    expect(markup).not.toMatch(/(src|action|poster|data)="/i);
    expect(markup).not.toMatch(/https?:\/\//i);
    expect(markup).not.toMatch(/url\(|@import|@font-face|<link|<iframe|<object|<embed|<form/i);
    for (const [, href] of markup.matchAll(/\shref="([^"]*)"/g)) expect(href).toMatch(/^#/);
  });

  test('says faults in words, nowhere by their labels', () => {
    const labels = new RegExp(`(?:${faultKindSchema.options.join('|')})\\([a-z]`);
    for (const page of [html, renderHtml(quickResult())])
      expect(page.replace(/<(script|style).*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, ' ')).not.toMatch(labels);
  });

  test('on paper has fairness, method, definitions and raw data as an annex, and says nothing twice', () => {
    const paper = renderHtml(quickResult(), { print: true });
    const at = (text: string): number => paper.indexOf(text);
    for (const chapter of ['claims', 'decision', 'findings'])
      expect(at(`id="cr-${chapter}"`)).toBeLessThan(at('class="cr-annex"'));
    for (const chapter of ['gate', 'limits', 'published', 'method', 'environment', 'definitions', 'raw'])
      expect(at(`id="cr-${chapter}"`)).toBeGreaterThan(at('class="cr-annex"'));
    for (const again of ['The same in sentences', 'By endpoint']) {
      expect(paper).not.toContain(again);
      expect(renderHtml(quickResult())).toContain(again);
    }
    expect(paper).toContain(' values of ');
  });

  test('carries the result', () => {
    expect(resultSchema.parse(openEmbedded(embedded(renderHtml(quickResult()))))).toEqual(quickResult());
  });

  test('leaves out what weighs most when it would grow too large, and says so', () => {
    const small = renderHtml(standard, { mostBytes: 1_300_000 });
    expect(new TextEncoder().encode(small).length).toBeLessThan(1_300_000);
    expect(embedded(small).omitted).toContain('slices of the loads under faults');
    expect(small).toContain('left out to keep the file small: slices of the loads under faults');
    expect(resultSchema.safeParse(openEmbedded(embedded(small))).success).toBe(true);
  });

  test('names no home folder', () => {
    const page = renderHtml({ ...quickResult(), reason: 'ENOSPC: /home/alice/cleave and C:\\Users\\Bob\\cleave' });
    expect(page).not.toMatch(/alice|Users\\Bob/);
    expect(page).toContain('/home/user/cleave');
  });

  test('has no script that runs, and links lead somewhere', () => {
    expect([...html.matchAll(/<script(?! type="application\/json")/g)]).toHaveLength(0);
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${id}"`);
  });
});

describe('hostile strings', () => {
  const page = renderHtml(poisoned(makeResult({ blocks: 2, requests: 60, trouble: true })));

  test('stay text, in every field', () => {
    const tags = new Set([...page.matchAll(/<\/?([a-zA-Z][\w-]*)/g)].map(([, tag]) => tag));
    expect(tags).not.toContain('img');
    expect(tags).not.toContain('iframe');
    expect([...page.matchAll(/<script/gi)]).toHaveLength(1);
    expect([...page.matchAll(/<\/script/gi)]).toHaveLength(1);
    for (const [tag] of page.matchAll(/<[a-z][^>]*>/g)) expect(tag.replace(/"[^"]*"/g, '')).not.toMatch(/\son\w+=/i);
    expect(page).not.toMatch(/href="javascript:/i);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('come out of the embedded result as they went in', () => {
    expect(JSON.stringify(openEmbedded(embedded(page)))).toContain(JSON.stringify(hostile).slice(1, -1));
  });
});

describe('what is missing is said in words', () => {
  test('a cancelled run', () => {
    const page = renderHtml(cancelledResult());
    for (const sentence of [
      'No round finished',
      'No deployment was measured',
      'No load was measured',
      'No fault was tried',
      'The fairness gate did not run',
      'No round was run',
      'cancelled by the user',
    ]) {
      expect(page).toContain(sentence);
    }
  });

  test('a single block has no interval and no capacity', () => {
    const page = renderHtml(smokeResult());
    expect(page).toContain('fewer than three blocks: no interval');
    expect(page).not.toContain('id="cr-capacity"');
  });

  test('one variant alone is shown without a comparison', () => {
    const alone = makeResult({ variants: ['monolith'], blocks: 1, requests: 100 });
    expect(renderHtml(alone)).toContain('Only one variant ran');
  });
});

describe('for those who cannot see it', () => {
  test('headings go down one step at a time, after one title', () => {
    const levels = [...html.matchAll(/<h([1-6])[\s>]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.slice(1).entries()) expect(level - levels[index]!).toBeLessThanOrEqual(1);
  });

  test('every table has a caption, every drawing a title', () => {
    for (const [table] of html.matchAll(/<table.*?<\/table>/gs))
      expect(table).toMatch(/<table[^>]*><caption[^>]*>.+?<\/caption>/s);
    for (const [svg] of html.matchAll(/<svg[^>]*>.{0,40}/gs))
      expect(/aria-hidden="true"/.test(svg) || /role="img"[^>]*><title>[^<]/.test(svg)).toBe(true);
  });

  test('identities are unique', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('verdicts are words', () => {
    for (const verdict of ['worse', 'better', 'equivalent', 'inconclusive'])
      expect(html).toMatch(new RegExp(`</svg>${verdict}</span>`));
  });
});

test('in the window a definition is asked for by a button, not by changing the address', () => {
  const asked: string[] = [];
  const markup = renderToStaticMarkup(
    createElement(ReportDocument, { result: quickResult(), onOpenDefinition: (metric: string) => asked.push(metric) }),
  );
  expect(markup).toContain('<button type="button" class="cr-metric">Deployment time</button>');
  expect(markup).not.toContain('href="#cr-definition-');
});

test('on paper everything is open', () => {
  const folds = [...renderHtml(quickResult(), { print: true }).matchAll(/<details[^>]*>/g)].map(([tag]) => tag);
  expect(folds.length).toBeGreaterThan(0);
  for (const fold of folds) expect(fold).toContain(' open=""');
});
