import { expect, test } from 'vitest';
import type { Result } from '../../engine/model/index.ts';
import { renderHtml } from '../html.tsx';
import { makeResult } from '../testing/index.ts';
import { exporters } from './index.ts';

/** Begins a command on a terminal that knows C1, then half of an emoji. */
const acting = 'a\u009b31mb\u0085c\u001bd\ud83d';
// oxlint-disable-next-line no-control-regex -- that is what must not come out
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** A result as an older version could have kept it: acting text wherever a person or a program may have written. */
function actingResult(): Result {
  const result = makeResult({ blocks: 2, requests: 60 });
  return {
    ...result,
    title: acting,
    reason: acting,
    tags: [acting],
    application: {
      ...result.application,
      title: acting,
      endpoints: Object.fromEntries(
        Object.entries(result.application.endpoints).map(([name, endpoint]) => [name, { ...endpoint, title: acting }]),
      ),
    },
    experiment: {
      ...result.experiment,
      title: acting,
      variants: result.experiment.variants.map((variant) => ({ ...variant, title: acting })),
    },
    findings: result.findings.map((finding) => ({ ...finding, sentence: acting })),
  };
}

test.each(exporters.map(({ name }) => name))('nothing that acts on what shows it comes out as %s', (name) => {
  const text = exporters.find((exporter) => exporter.name === name)?.render(actingResult()) ?? '';
  expect(text).toContain('31mb');
  expect(text).not.toMatch(forbidden);
  expect(text.isWellFormed()).toBe(true);
});

test('nor as a page for paper', () => {
  expect(renderHtml(actingResult(), { print: true })).not.toMatch(forbidden);
});
