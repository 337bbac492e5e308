import { expect, test } from 'vitest';
import { csvExporter } from '../../export/csv.ts';
import { markdownExporter } from '../../export/markdown.ts';
import { renderHtml } from '../../html.tsx';
import { quickResult, stormResult } from '../../testing/index.ts';

const result = stormResult();
const page = renderHtml(result);
const section = /<section[^>]*id="cr-storm".*?<\/section>/s.exec(page)?.[0] ?? '';

test('has a sentence, a row and a chart for each policy', () => {
  expect(page).toContain('href="#cr-storm"');
  for (const { name } of result.experiment.variants) {
    expect(section).toMatch(new RegExp(`<li>${name}: (yes|no|not always)`));
    expect(section).toContain(`<title>Retry storm on ${name}: availability and response time through time</title>`);
  }
  expect(section.match(/class="cr-fault-span"/g)).toHaveLength(2 * result.experiment.variants.length);
  expect(section).toContain('storefront -&gt; recommendations is open');
});

test('every table has a caption and every drawing a title', () => {
  expect(section).toMatch(/<caption[^>]*>Through the storm/);
  for (const [svg] of section.matchAll(/<svg[^>]*>.{0,40}/gs))
    expect(/aria-hidden="true"/.test(svg) || /role="img"[^>]*><title>[^<]/.test(svg)).toBe(true);
});

test('is left out where no storm was asked for', () => {
  expect(renderHtml(quickResult())).not.toContain('cr-storm');
});

test('opens the answer: the storm is what its preset is about', () => {
  const answer = /<section[^>]*id="cr-answer".*?<\/section>/s.exec(page)?.[0] ?? '';
  expect(answer).toContain('Recovery from the storm');
  expect(answer).toContain('Good requests through the storm');
});

test('is in Markdown as sentences and in CSV as values, bounds included', () => {
  expect(markdownExporter.render(result)).toMatch(/## Retry storm\n\nFor .*\n\n- retries: not always/);
  const csv = csvExporter.render(result);
  expect(csv).toMatch(/round,.*storm-good-share/);
  expect(csv).toMatch(/round,.*storm-recovery,.*,true,/);
});
