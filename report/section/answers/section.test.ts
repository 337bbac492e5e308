import { describe, expect, it, test } from 'vitest';
import { csvExporter } from '../../export/csv.ts';
import { markdownExporter } from '../../export/markdown.ts';
import { renderHtml } from '../../html.tsx';
import { poisoned, quickResult, swappedResult } from '../../testing/index.ts';
import { answersSentences, sameAnswers } from './sentences.ts';

const sectionOf = (page: string, id = 'another-language'): string =>
  new RegExp(`<section[^>]*id="cr-${id}".*?</section>`, 's').exec(page)?.[0] ?? '';
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');
const result = swappedResult();
const section = sectionOf(renderHtml(result));

describe('what is said of a module in several languages', () => {
  it('is that it answers the same, counted over all deployments', () => {
    expect(sameAnswers(result).map(plain)).toEqual([
      'The same answers: Recommendations was asked 1,000 questions in 3 deployments of Recommendations in go and 3 of Recommendations in typescript, and all of them were answered alike; its contract is kept.',
      'The same answers: Recommendations was asked 1,000 questions in 3 deployments of Recommendations in python and 3 of Recommendations in typescript, and all of them were answered alike; its contract is kept.',
    ]);
  });

  it('is the first question that it answers otherwise, with both answers where they were kept', () => {
    const [, python] = sameAnswers(swappedResult({ other: [16, 700] }));
    expect(plain(python ?? '')).toMatch(
      /^Other answers: .*: 2 of them have another answer\. The first is question 17, recommend \{"productIds":\["p-\d+"\]\}, answered by Recommendations in typescript with 200 \{"productIds":\["p-17"\]\} and by Recommendations in python with 200 \{"productIds":\["p-17","p-1"\]\}; its contract is kept\.$/,
    );
    const [, late] = sameAnswers(swappedResult({ other: [700] }));
    expect(late).toMatch(/1 of them has another answer\. The first is question 701, recommend [^ ]+; its contract/);
  });

  it('is never that it answers the same where something was not answered', () => {
    const [go] = sameAnswers(swappedResult({ silent: [3] }));
    expect(go).toMatch(/^Not all was answered: .* and 1 of them was not always answered/);
  });

  it('is what its contract is not kept in', () => {
    const wrong = swappedResult();
    for (const { answers } of wrong.rounds)
      if (answers?.language === 'go')
        answers.contract.differences = [
          {
            ...{ operation: 'recommendations.recommend', place: 'field', field: 'productIds.0' },
            ...{ expected: 'a text', came: '7', request: 'What goes with a product' },
          },
        ];
    expect(sameAnswers(wrong)[0]).toMatch(
      /^Other answers: .*they were answered alike\. It does not keep its contract: recommendations\.recommend \(What goes with a product\): field "productIds\.0", expected a text, came 7\.$/,
    );
  });

  it('is what it would take where others share its process, and how units are made', () => {
    const all = answersSentences(result).map(plain);
    expect(all).toContainEqual(
      expect.stringMatching(
        /^In monolith Recommendations cannot be in Go or Python: 7 other modules share its process \(unit \w+\), which has one language\. It would take all of them in Go or Python too \(700 lines of code today\), or Recommendations in a unit of its own\.$/,
      ),
    );
    expect(all).toContainEqual(
      expect.stringMatching(/^How the unit is made differs, as declared: TypeScript, bundled/),
    );
    expect(all).toContainEqual(expect.stringMatching(/^From edit to live was not measured: no change/));
  });
});

test('the picture of a cut says which unit is in another language', () => {
  const [typescript = '', go = ''] =
    sectionOf(renderHtml(result), 'answer').match(/<figure class="cr-cut">.*?<\/figure>/gs) ?? [];
  expect(go).toMatch(/<li aria-label="Unit recommendations, in Go"><span>Recommendations<\/span><b[^>]*>Go<\/b><\/li>/);
  expect(go.match(/cr-language/g)).toHaveLength(1);
  expect(typescript).not.toContain('cr-language');
});

test('the section has a column a language, and the verdicts of the findings', () => {
  for (const language of ['TypeScript', 'Go', 'Python']) expect(section).toContain(`>${language}</th>`);
  expect(section).toContain('0 of 1,000 (the same answers)');
  expect(section).toMatch(/Memory of the module.+s unit/);
  expect(section).toMatch(/cr-verdict-better/);
  expect(section).toMatch(/cr-verdict-worse/);
  expect(section).toMatch(/Time to recover: /);
});

test('other formats have it, too', () => {
  const page = markdownExporter.render(result);
  expect(page).toMatch(/## Another language\n\n- The same answers: Recommendations/);
  expect(page).toMatch(/\| Memory of the module's unit \|/);
  expect(csvExporter.render(result)).toMatch(/finding,[^\n]*other-answers,count/);
});

test('a module in one language everywhere has a chapter of its own, without what it would take', () => {
  const one = swappedResult();
  for (const variant of one.experiment.variants)
    for (const unit of variant.topology.units) delete (unit as { language?: string }).language;
  for (const { answers } of one.rounds) if (answers) answers.language = 'typescript';
  const page = renderHtml(one);
  expect(sectionOf(page)).toBe('');
  expect(sectionOf(page, 'same-answers')).toContain('The same answers: Recommendations');
  expect(sectionOf(page, 'same-answers')).not.toContain('cannot be in');
});

test('nothing is said where nothing was asked, and nothing of a file acts', () => {
  const page = renderHtml(quickResult());
  expect(sectionOf(page) + sectionOf(page, 'same-answers')).toBe('');
  expect(sectionOf(renderHtml(poisoned(swappedResult({ other: [1] }))))).not.toMatch(/<img|<script/);
});
