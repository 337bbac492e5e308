import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { renderHtml } from '../../report/index.ts';
import {
  quickResult,
  smokeResult,
  standardResult,
  structuredResult,
  swappedResult,
} from '../../report/testing/index.ts';
import { ResultPage } from './pages/result-page.ts';
import { expect, test, type RunningApp } from './support/fixture.ts';
import { pagesOf } from './support/pdf.ts';
import { importResults } from './support/seed.ts';

/** Between the margins of an A4 page, CSS pixels: 210 mm less twice 13 mm. */
const pageWidthPx = 695;

const results = {
  smoke: smokeResult(),
  quick: quickResult(),
  standard: standardResult(),
  structured: structuredResult(),
  swapped: swappedResult({ other: [4, 7], silent: [3] }),
};

test(
  'on paper nothing is wider than the page, and no word than its cell',
  { tag: '@wide' },
  async ({ shared: app }) => {
    for (const [name, result] of Object.entries(results)) {
      const html = renderHtml(result, { theme: 'light', print: true });
      expect(await widerThanPaper(app, html), name).toEqual([]);
    }
  },
);

test(
  'every printed page has its number, no heading ends one, and what only proves is an annex',
  { tag: '@wide' },
  async ({ app }) => {
    const [summary] = await importResults(app, [results.quick]);
    await app.page.evaluate((id) => {
      location.hash = `#/result/${id}`;
    }, summary!.id);
    const page = new ResultPage(app.page);
    await expect(page.title).toHaveText(summary!.title, { timeout: 60_000 });
    const pages = await pagesOf(await page.exportAs(app, 'pdf'));
    const bodies = pages.map((text, index) => {
      const number = `${index + 1} / ${pages.length}`;
      expect(text).toContain(number);
      return text.replace(number, '').trim();
    });
    const annex = bodies.findIndex((body) => body.startsWith('Annex'));
    const chapters = bodies.slice(0, annex);
    for (const [some, of] of [
      [headings, chapters],
      [proofs, bodies.slice(annex)],
    ] as const)
      for (const heading of some) {
        expect(of.join(' ')).toContain(heading);
        expect(of.filter((body) => body.endsWith(heading))).toEqual([]);
      }
    expect(chapters.join(' ')).not.toContain('Raw data');
    // What fairness comes to stands on the first page all the same.
    expect(bodies[0]).toMatch(/fair in \d+ of \d+ checks/);
  },
);

const proofs = ['Fairness', 'Where this holds', 'What others published', 'How it was measured', 'Raw data'];

const headings = [
  'What people claim',
  'What to do about it',
  'What the cut costs and buys',
  'All findings',
  'Response times',
  'Resources',
  'Fault isolation',
];

/** What reaches beyond the page, and the cells that their words reach out of, when the document is laid out for paper, an element a line. */
async function widerThanPaper(app: RunningApp, html: string): Promise<string[]> {
  const file = path.join(app.profile, 'printed.html');
  await writeFile(file, html);
  return app.electron.evaluate(
    async ({ BrowserWindow }, { file, pageWidthPx }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, partition: 'paper' } });
      try {
        await window.loadFile(file);
        const { debugger: tools } = window.webContents;
        tools.attach();
        await tools.sendCommand('Emulation.setDeviceMetricsOverride', {
          ...{ width: pageWidthPx, height: 1000, deviceScaleFactor: 1, mobile: false },
        });
        await tools.sendCommand('Emulation.setEmulatedMedia', { media: 'print' });
        const answer = (await tools.sendCommand('Runtime.evaluate', {
          returnByValue: true,
          expression: `[...document.querySelectorAll('body *')]
            .filter((one) => one.getBoundingClientRect().width > 0)
            .filter((one) => one.getBoundingClientRect().right > ${pageWidthPx} + 0.5 || (one.matches('th,td') && one.scrollWidth > one.clientWidth + 1))
            .map((one) => one.tagName + '.' + (one.getAttribute('class') ?? '') + ' to ' + Math.round(one.getBoundingClientRect().right) + ': ' + one.textContent.slice(0, 60))`,
        })) as { result: { value: string[] } };
        return answer.result.value;
      } finally {
        window.destroy();
      }
    },
    { file, pageWidthPx },
  );
}
