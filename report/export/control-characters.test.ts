import { expect, test } from 'vitest';
import type { Result } from '../../engine/model/index.ts';
import { openEmbedded, type EmbeddedResult } from '../embed.ts';
import { renderHtml } from '../html.tsx';
import { acting, actingIn, makeResult, poisoned } from '../testing/index.ts';
import { exporters } from './index.ts';

/** A result with acting text wherever a person or a program may have written, names of fields included. */
function actingResult(): Result {
  const result = poisoned(makeResult({ blocks: 2, requests: 60 }), acting);
  return {
    ...result,
    tags: [acting],
    application: {
      ...result.application,
      endpoints: Object.fromEntries(
        Object.entries(result.application.endpoints).map(([name, endpoint]) => [`${name}${acting}`, endpoint]),
      ),
    },
    rounds: result.rounds.map((round) => ({
      ...round,
      deployment: round.deployment && { ...round.deployment, firstRequestMs: { [acting]: 1 } },
    })),
  };
}

test.each(exporters.map(({ name }) => name))('nothing that acts on what shows it comes out as %s', (name) => {
  const text = exporters.find((exporter) => exporter.name === name)?.render(actingResult()) ?? '';
  expect(text).toContain('31mb');
  expect(actingIn(text)).toBeUndefined();
});

test('nor as a page for paper, nor inside the result that the page carries', () => {
  const page = renderHtml(actingResult(), { print: true });
  expect(actingIn(page)).toBeUndefined();
  const json = /id="cleave-result">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  const inside = openEmbedded(JSON.parse(json) as EmbeddedResult);
  expect(JSON.stringify(inside)).toContain('31mb');
  expect(actingIn(inside)).toBeUndefined();
});
