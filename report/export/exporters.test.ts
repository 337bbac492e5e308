import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { resultSchema } from '../../engine/model/index.ts';
import { table, text } from '../format/markdown.ts';
import { cancelledResult, hostile, makeResult, poisoned, quickResult } from '../testing/index.ts';
import { csvCell, csvExporter } from './csv.ts';
import { exporterOf, exporters } from './index.ts';
import { jsonExporter } from './json.ts';
import { junitExporter, xml } from './junit.ts';
import { markdownExporter } from './markdown.ts';

const quick = quickResult();
const bad = poisoned(makeResult({ blocks: 2, requests: 60 }));

/** Rows of a CSV text by RFC 4180. */
function parseCsv(source: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of source.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

describe('one word for one thing', () => {
  const told = markdownExporter.render({
    ...quick,
    environment: {
      ...quick.environment,
      nodeVersion: 'v24.21.0',
      runtimeReason: 'The docker runtime: Docker 27 answers.',
    },
  });

  test('Node’s version is written in one way', () => {
    expect(told).toContain('24.21.0');
    expect(told).not.toMatch(/\bv24\.21/);
  });

  test('the runtime and why it was taken are two sentences', () =>
    expect(told).toContain('| Runtime | docker. The docker runtime: Docker 27 answers. |'));

  test('a line without an interval has no level of one', () => {
    for (const [, interval, level] of told.matchAll(/\| ([^|]*interval|counted) \| ([^|]*) \|/g))
      if (interval === 'no interval' || interval === 'counted') expect(level).toBe('none');
    expect(told).not.toContain('| interval |');
  });
});

describe('csv', () => {
  const rows = parseCsv(csvExporter.render(quick));
  const heading = rows[0] ?? [];
  const column = (row: string[], name: string): string => row[heading.indexOf(name)] ?? '';

  test('has a line a finding and a line a value, all as wide as the heading', () => {
    expect(rows.filter((row) => row[0] === 'finding')).toHaveLength(quick.findings.length);
    expect(rows.filter((row) => row[0] === 'round').length).toBeGreaterThan(50);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([heading.length]));
  });

  test('writes numbers to the last digit', () => {
    const [finding] = quick.findings;
    const row = rows.find((candidate) => candidate[0] === 'finding')!;
    expect(Number(column(row, 'effect'))).toBe(finding?.effect?.value);
    expect(Number(column(row, 'baseline_value'))).toBe(finding?.baseline.value);
  });

  test('runs no formula', () => {
    for (const row of parseCsv(csvExporter.render(bad)))
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+@\t]|^-(?!\d)/);
  });

  // Mostly texts of the characters that matter.
  const csvText = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '"', ',', ';', '|', ' ', '\t', '\r', '\n', 'a') }),
    fc.string({
      unit: fc.constantFrom('\uff1d', '\uff20', '\u200b', '\u2060', '\ufeff', '\u00ad', '\u00a0', '\0', ';', '=', 'a'),
    }),
  );
  const runs = /^[\s\p{C}\p{Default_Ignorable_Code_Point}"]*[=+\-@\u2212]/u;

  test('any text comes back as it went in once the guard is taken off, and none is run as a formula', () => {
    fc.assert(
      fc.property(csvText, (value) => {
        const [[cell = '', next] = []] = parseCsv(`${csvCell(value)},end\r\n`);
        expect(cell.replace(/(?<=^|[;|\t\r\n])'/g, '')).toBe(value);
        expect(cell.normalize('NFKC')).not.toMatch(runs);
        expect(next).toBe('end');
      }),
      { numRuns: 1000, examples: [["'@"], ["'"], ["''="], [' =1'], ["a;'=1"], [";\t'="], ['\t\t='], ["a|'"]] },
    );
  });

  test.each([';', '|', '\t', '\n', '\r'])('nor where a program divides at %j, which knows no quotes', (divider) => {
    fc.assert(
      fc.property(csvText, (value) => {
        for (const piece of `end,${csvCell(value)},end`.split(divider))
          expect(piece.normalize('NFKC')).not.toMatch(runs);
      }),
      { numRuns: 500, examples: [['slow;=HYPERLINK(1)'], [`slow${divider}"=1`], [`slow${divider} \t=1`]] },
    );
  });

  test('what begins no cell anywhere stays as it is', () => {
    for (const text of ['a = b', 'x-y; z', '1,+2', 'a;b|c', "it's"])
      expect(parseCsv(`${csvCell(text)}\r\n`)).toEqual([[text]]);
  });

  test('negative numbers stay numbers', () => expect(csvCell(-1.5)).toBe('-1.5'));
});

describe('json', () => {
  test('is the result, in one canonical form', () => {
    expect(resultSchema.parse(JSON.parse(jsonExporter.render(quick)))).toEqual(quick);
    const turned = Object.fromEntries(Object.entries(quick).toReversed());
    expect(jsonExporter.render(resultSchema.parse(turned))).toBe(jsonExporter.render(quick));
  });
});

describe('markdown', () => {
  const page = markdownExporter.render(quick);

  test('says what the cut costs and buys, with tables', () => {
    expect(page).toContain('## microservices against monolith');
    expect(page).toMatch(/^Against monolith, microservices costs here: a deployment takes \d/m);
    expect(page).toContain('When Recommendations crashes');
    expect(page).toMatch(/\| Deployment time \|.*\| worse \|/);
    for (const table of page.match(/(^\|.*\n)+/gm) ?? []) {
      const widths = table
        .trim()
        .split('\n')
        .map((line) => line.replace(/\\\|/g, '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  test('keeps hostile text as text', () => {
    const escaped = text(hostile);
    expect(escaped).not.toMatch(/<[a-z!/]/i);
    expect(escaped).not.toMatch(/(?<!\\)[|`*[\]]/);
    expect(markdownExporter.render(bad)).not.toMatch(/<[a-z!/]/i);
  });
});

describe('junit', () => {
  const report = junitExporter.render(quick);
  const count = (pattern: RegExp, source = report): number => [...source.matchAll(pattern)].length;

  test('has a case a finding; worse fails, inconclusive is skipped', () => {
    const of = (verdict: string): number => quick.findings.filter((finding) => finding.verdict === verdict).length;
    expect(count(/<testcase /g)).toBe(quick.findings.length);
    expect(count(/<failure /g)).toBe(of('worse'));
    expect(count(/<skipped /g)).toBe(of('inconclusive'));
    expect(report).toContain(`tests="${quick.findings.length}" failures="${of('worse')}"`);
  });

  test('escapes everything', () => {
    expect(
      count(
        /<(?!\?xml|\/?(testsuites|testsuite|testcase|failure|skipped|system-out)[\s>/])/g,
        junitExporter.render(bad),
      ),
    ).toBe(0);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(xml(value)).not.toMatch(/[<>"'\ufffe\uffff]/);
        expect(Array.from(xml(value)).every((character) => character >= ' ')).toBe(true);
      }),
    );
  });
});

test.each(exporters.map((exporter) => [exporter.name, exporter] as const))(
  '%s writes an empty result too',
  (_, exporter) => {
    expect(exporter.render(cancelledResult()).length).toBeGreaterThan(20);
    expect(exporter.render({ ...quick, reason: 'at /home/alice/x' })).not.toContain('alice');
  },
);

test('an unknown format is named with those there are', () => {
  expect(() => exporterOf('docx')).toThrow('format "docx" is not known; allowed: html, csv, json, markdown, junit');
});

test('any text in Markdown is read as that text, alone and in a table', () => {
  const pieces = [
    'a',
    ' ',
    '-',
    '+',
    '1',
    '.',
    ')',
    '=',
    '#',
    '*',
    '_',
    '`',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '&',
    '!',
    '|',
    '~',
    '\\',
    ':',
    '//',
    '@',
    '\n',
  ];
  const words = [
    'https://x.example/y',
    'www.x.example',
    'WWW.x.example',
    'me@x.example',
    '<b>',
    '&lt;',
    '&#64;',
    '---',
    '![x](y)',
    'xmpp:a@b.c',
    'mailto:a@b.c',
    'ftp://x',
  ];
  const read = (source: string): string =>
    micromark(source, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }).replaceAll(
      '<!-- -->',
      '',
    );
  const asHtml = (value: string): string =>
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces, ...words), { minLength: 1, maxLength: 12 }), (parts) => {
      const value = parts.join('');
      const shown = asHtml(value.replaceAll(/\n+/g, ' ').trim());
      if (shown !== '') expect(read(text(value))).toBe(`<p>${shown}</p>`);
      const cells = [...read(table(['x'], [[value]])).matchAll(/<td>(.*?)<\/td>/gs)].map(([, cell]) => cell);
      expect(cells).toEqual([shown]);
    }),
    { numRuns: 1000 },
  );
});

test('titles of variants are text in Markdown wherever they stand', () => {
  const title = '<img src=x onerror=alert(1)> [click](javascript:alert(1)) **b** | x';
  const { experiment } = quick;
  const titled = {
    ...quick,
    experiment: { ...experiment, variants: experiment.variants.map((variant) => ({ ...variant, title })) },
  };
  const rendered = markdownExporter.render(titled);
  expect(rendered).toContain('click');
  expect(rendered).not.toMatch(/<img|[^\\]\[click\]/);
});
