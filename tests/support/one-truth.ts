import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { summaryOf } from '../../cli/summary/index.ts';
import { metricOf, type Finding, type Result } from '../../engine/model/index.ts';
import { exporterOf, findingTitle, formatEffect, formatInterval, sideText } from '../../report/index.ts';

const plain = (text: string): string =>
  stripVTControlCharacters(text).replaceAll('\u00a0', ' ').replaceAll(/\s+/g, ' ');

const keyOf = ({ metric, scope }: Finding, variant: string): string =>
  [metric, scope.endpoint ?? '', scope.fault ?? '', scope.change ?? '', scope.rate ?? '', variant].join('|');

/** Every number of a result is one number, in every form in which it is shown. */
export function oneTruth(make: () => Result | Promise<Result>): void {
  let result: Result;
  const shown = new Map<string, Set<string>>();
  beforeAll(async () => {
    result = await make();
    const html = exporterOf('html').render(result);
    for (const [, key = '', text = ''] of html.matchAll(/data-quantity="([^"]*)"[^>]*>([^<]*)</g))
      shown.set(key, (shown.get(key) ?? new Set()).add(plain(text)));
  });

  it('is one text wherever the document shows it', () => {
    if (result.rounds.length > 0) expect(shown.size).toBeGreaterThan(5);
    for (const [key, texts] of shown) expect([key, texts.size]).toEqual([key, 1]);
  });

  it('is that of its finding, in the document, Markdown, CSV, JSON, JUnit and the terminal', () => {
    const unescaped = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    const markdown = plain(unescaped(exporterOf('markdown').render(result).replaceAll('\\', '')));
    const junit = plain(unescaped(exporterOf('junit').render(result)));
    const json = JSON.parse(exporterOf('json').render(result)) as Result;
    const csv = exporterOf('csv').render(result).split('\r\n');
    const terminal = plain(summaryOf(result)).replaceAll(' ', '');
    for (const [index, finding] of result.findings.entries()) {
      expect(json.findings[index]).toEqual(finding);
      const row = csv[index + 1]?.split(',') ?? [];
      for (const side of [finding.baseline, finding.variant]) {
        const text = plain(sideText(result, finding, side));
        const texts = shown.get(keyOf(finding, side.variant));
        expect([finding.id, side.variant, [...(texts ?? [])]]).toEqual([finding.id, side.variant, [text]]);
        if (side.value !== null) expect(row).toContain(String(side.value));
        expect(markdown).toContain(text);
      }
      const effect = plain(formatEffect(finding.effect, finding.unit, finding.openEnd));
      const interval = plain(formatInterval(finding));
      expect(markdown).toContain(`| ${effect} | ${interval} |`);
      expect(junit).toContain(effect);
      if (metricOf(finding.metric).headline && finding.scope.endpoint === undefined) {
        // What it is of may stand on a line of its own.
        const [title = ''] = plain(findingTitle(finding)).split(', ');
        expect(terminal).toContain(title.replaceAll(' ', '').slice(0, 12));
        expect(terminal).toContain(effect.split(' ')[0]);
      }
    }
  });

  it('is possible: no share beyond all, nothing below nothing, each interval around its effect', () => {
    for (const { id, effect, interval, baseline, metric, level, method } of result.findings) {
      if (effect === null || interval === null) continue;
      expect([id, level !== null && level > 0 && level <= 0.05]).toEqual([id, true]);
      expect([id, interval.low <= effect.value + 1e-9 && interval.high >= effect.value - 1e-9]).toEqual([id, true]);
      const from = baseline.value ?? 0;
      const { scale, unit } = metricOf(metric);
      if (effect.kind === 'ratio') expect([id, interval.low >= 0]).toEqual([id, true]);
      else expect([id, interval.low >= -from - 1e-9]).toEqual([id, true]);
      if (scale === 'share') expect([id, unit, interval.high <= 1 - from + 1e-9]).toEqual([id, 'share', true]);
      expect([id, method === 't' && interval.low === 0 && interval.high === 0]).toEqual([id, false]);
    }
  });
}
