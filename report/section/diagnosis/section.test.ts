import { describe, expect, it } from 'vitest';
import type { Round } from '../../../engine/model/index.ts';
import { markdownExporter } from '../../export/markdown.ts';
import { renderHtml } from '../../html.tsx';
import { diagnosedResult, quickResult } from '../../testing/index.ts';
import { diagnosesOf } from './data.ts';
import { diagnosisSentence } from './words.ts';

const result = diagnosedResult();
const page = renderHtml(result);
const section = /<section[^>]*id="cr-diagnosis".*?<\/section>/s.exec(page)?.[0] ?? '';
/** Only what every cut names, whose lines are shown then. */
const withoutBlocked = (round: Round): Round => ({ ...round, diagnosis: round.diagnosis?.slice(0, 1) });
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

describe('what is said of a search for causes', () => {
  it('is by fault and variant whether the module is named, and how far that is', () => {
    expect(diagnosesOf(result).map((view) => plain(diagnosisSentence(view)))).toEqual([
      'monolith: the module at fault is named every time, after 1 place and 2 lines of log.',
      'microservices: the module at fault is named every time, after 3 places and 6 lines of log.',
      'monolith: the module at fault is never named, and 8 modules stay under suspicion, after 2 places and 0 lines of log.',
      'microservices: the module at fault is named every time, after 4 places and 4 lines of log.',
    ]);
  });

  it('is why not where nothing was searched for', () => {
    const nothing = structuredClone(result);
    for (const one of nothing.rounds.flatMap(({ diagnosis = [] }) => diagnosis)) {
      one.searches = [];
      if (one.fault.kind !== 'errors') Object.assign(one, { status: 'cannot-happen', reason: 'it has no event loop' });
    }
    const [errors, , blocked] = diagnosesOf(nothing).map(diagnosisSentence);
    expect(errors).toBe('monolith: no request failed, so that there was nothing to search for.');
    expect(blocked).toBe('monolith: it has no event loop.');
  });
});

describe('the chapter', () => {
  it('has the figures of every fault in every variant, and one search in each of them step by step', () => {
    expect(page).toContain('href="#cr-diagnosis"');
    expect(section.match(/<tr/g)).toHaveLength(1 + 4);
    expect(plain(section)).toContain('One search, step by step: Payments blocks its event loop for 1200 ms at a time');
    expect(section.match(/<ol>/g)).toHaveLength(2);
    expect(section).toContain('Log of orders, 2 lines');
    expect(section).toContain('It ends at Payments.');
    expect(section).toContain('8 modules are left: Storefront');
    expect(plain(section).match(/is never named/g)).toHaveLength(1);
  });

  it('shows lines of logs as text, whatever is in them', () => {
    const [shown] = result.rounds;
    const errors = { ...result, rounds: shown === undefined ? [] : [withoutBlocked(shown)] };
    expect(renderHtml(errors)).toContain('&lt;b&gt;no&lt;/b&gt;');
    expect(renderHtml(errors)).not.toContain('<b>no');
  });

  it('is in the Markdown, and left out where nobody searched', () => {
    expect(markdownExporter.render(result)).toContain('## From a failing request to its cause');
    expect(renderHtml(quickResult())).not.toContain('id="cr-diagnosis"');
  });
});
