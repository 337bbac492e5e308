import { readFile } from 'node:fs/promises';
import type { AppSettings, ResultSummary } from '../../engine/model/index.ts';
import { makeResult, quickResult, smokeResult, standardResult } from '../../report/testing/index.ts';
import { HistoryPage } from './pages/history-page.ts';
import { ResultPage } from './pages/result-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { findings } from './support/accessibility.ts';
import { request, requested } from './support/bridge.ts';
import { answerOpenDialog, answerQuestions } from './support/dialogs.ts';
import { expect, test, type RunningApp } from './support/fixture.ts';
import { importResults } from './support/seed.ts';

async function openFirst(app: RunningApp): Promise<ResultPage> {
  await new ShellPage(app.page).goTo('History');
  await new HistoryPage(app.page).results.first().click();
  const page = new ResultPage(app.page);
  await expect(page.title).not.toBeEmpty();
  return page;
}

test('a result is exported in every form', async ({ app }) => {
  await importResults(app, [quickResult()]);
  const page = await openFirst(app);

  await test.step('HTML is one file with a policy, without scripts, and says what the screen says', async () => {
    const onScreen = await app.page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
    const html = await readFile(await page.exportAs(app, 'html'), 'utf8');
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).toContain('Content-Security-Policy');
    expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\//i);
    const plain = html.replaceAll(/<[^>]+>/g, ' ');
    for (const heading of onScreen)
      expect(plain.replaceAll(/\s+/g, ' ').toLowerCase()).toContain(heading.replaceAll(/\s+/g, ' ').toLowerCase());
  });

  await test.step('PDF is a document with pages', async () => {
    const pdf = await readFile(await page.exportAs(app, 'pdf'));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(pdf.toString('latin1')).toMatch(/\/Type\s*\/Page\b/);
  });

  await test.step('CSV, Markdown and JSON hold the findings', async () => {
    const csv = await readFile(await page.exportAs(app, 'csv'), 'utf8');
    expect(csv.split('\n').length).toBeGreaterThan(5);
    expect(csv).not.toMatch(/^[=+@]/m);
    const markdown = await readFile(await page.exportAs(app, 'markdown'), 'utf8');
    expect(markdown).toMatch(/^# /m);
    const json = JSON.parse(await readFile(await page.exportAs(app, 'json'), 'utf8')) as { findings: unknown[] };
    expect(json.findings.length).toBe(quickResult().findings.length);
  });

  await test.step('a chart is a PNG picture', async () => {
    const picture = await readFile(await page.exportFirstChart(app));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    // Width and height in the header.
    expect(picture.readUInt32BE(16)).toBeGreaterThan(200);
    expect(picture.readUInt32BE(20)).toBeGreaterThan(30);
  });
});

test('history: search, tags, rename, trash and back', async ({ app }) => {
  await importResults(app, [smokeResult(), standardResult()]);
  const history = new HistoryPage(app.page);
  await new ShellPage(app.page).goTo('History');
  await expect(history.results).toHaveCount(2);
  const { title } = smokeResult();
  await history.rename(title, 'Before the change');
  await expect(app.page.getByRole('link', { name: 'Open Before the change' })).toBeVisible();
  await history.search.fill('before the');
  await expect(history.results).toHaveCount(1);
  await history.search.fill('');
  await expect(history.results).toHaveCount(2);
  await history.tag('Before the change', 'nightly');
  await history.filterByTag('nightly');
  await expect(history.results).toHaveCount(1);
  await app.page.keyboard.press('Backspace');
  await expect(history.results).toHaveCount(2);
  await history.moveToTrash('Before the change');
  await expect(history.results).toHaveCount(1);
  await app.page.getByRole('button', { name: 'Undo' }).click();
  await expect(history.results).toHaveCount(2);
  await history.note('Before the change', 'Measured on the train');
  await history.search.fill('train');
  await expect(history.results).toHaveCount(1);

  // The trash outlives the window, and its note.
  await history.moveToTrash('Before the change');
  await app.page.reload();
  await app.page.getByRole('button', { name: 'Trash' }).click();
  await expect(new ShellPage(app.page).heading('Trash')).toBeVisible();
  expect(await findings(app.page)).toEqual([]);
  await app.page.getByRole('button', { name: 'Restore Before the change' }).click();
  await expect(app.page.getByText('The trash is empty')).toBeVisible();
  await app.page.getByRole('button', { name: 'Back to the history' }).click();
  await history.results.filter({ hasText: 'Before the change' }).click();
  await expect(app.page.getByRole('note', { name: 'Notes' })).toHaveText('Measured on the train');
  await new ShellPage(app.page).goTo('History');
  await history.moveToTrash(standardResult().title);
  await app.page.getByRole('button', { name: 'Trash', exact: true }).click();
  await app.page.getByRole('button', { name: 'Empty trash' }).click();
  await app.page.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click();
  await expect(app.page.getByText('The trash is empty')).toBeVisible();
  expect(await requested<ResultSummary[]>(app.page, 'results:list')).toHaveLength(1);
});

test('two results are compared with verdicts', { tag: '@wide' }, async ({ app }) => {
  await importResults(app, [makeResult({ id: 'first-run' }), makeResult({ id: 'second-run', seed: 99 })]);
  const history = new HistoryPage(app.page);
  await new ShellPage(app.page).goTo('History');
  await history.pick(0);
  await history.pick(1);
  await history.comparePicked();
  await expect(new ShellPage(app.page).heading('Compare')).toBeVisible();
  await expect(app.page.getByRole('main')).toContainText(/settings/i);
  await expect(app.page.getByRole('main')).toContainText(/better|worse|equivalent|inconclusive|no measurable/i);
});

test('a hostile result file shows its texts as texts', async ({ app }) => {
  const attack = '<img src=x onerror="globalThis.attacked=true"><script>globalThis.attacked=true</script>';
  await importResults(app, [{ ...smokeResult(), title: attack, tags: [attack.slice(0, 60)], reason: attack }]);
  await openFirst(app);
  expect(await app.page.evaluate(() => 'attacked' in globalThis)).toBe(false);
  const html = await readFile(await new ResultPage(app.page).exportAs(app, 'html'), 'utf8');
  expect(html).not.toContain('<script>globalThis');
  expect(html).not.toContain('<img src=x');
});

test('result files that are broken are refused in one sentence', async ({ shared: app }) => {
  const { writeFile, mkdir } = await import('node:fs/promises');
  await mkdir(app.saved, { recursive: true });
  for (const content of ['{', JSON.stringify({ ...smokeResult(), rounds: 'none' }), '['.repeat(100_000)]) {
    const file = `${app.saved}/broken.cleave-result`;
    await writeFile(file, content);
    await answerOpenDialog(app, file);
    const answer = await request(app.page, 'results:import');
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(answer.error.message.split('\n')).toHaveLength(1);
  }
  expect(await requested<ResultSummary[]>(app.page, 'results:list')).toEqual([]);
});

test('settings: the theme is chosen in the window and kept', async ({ app }) => {
  const shell = new ShellPage(app.page);
  await shell.goTo('Settings');
  await app.page.getByText('Dark', { exact: true }).click();
  await expect(app.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect((await requested<AppSettings>(app.page, 'settings:get')).theme).toBe('dark');
  const again = await app.restart();
  await expect(again.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test(
  'settings: an engine that is not found by itself is used only when a dialog is answered so',
  { tag: '@wide' },
  async ({ app }) => {
    await new ShellPage(app.page).goTo('Settings');
    const field = app.page.getByRole('textbox', { name: 'Engine address' });
    const address = 'unix:///run/nobody-made-this.sock';
    const kept = async () => (await requested<AppSettings>(app.page, 'settings:get')).engineAddress;

    const refusals = await answerQuestions(app, 1);
    await field.fill(address);
    await field.press('Enter');
    await expect(app.page.getByRole('alert').filter({ hasText: 'was not changed' })).toBeVisible();
    expect([await refusals(), await kept()]).toEqual([[`Use the container engine at ${address}?`], null]);

    const consents = await answerQuestions(app, 0);
    await field.fill(address);
    await field.press('Enter');
    await expect.poll(kept).toBe(address);
    expect(await consents()).toHaveLength(1);

    // What is kept already, and what is far away, is not asked about.
    await field.fill('tcp://192.0.2.1:2375');
    await field.press('Enter');
    expect(await consents()).toHaveLength(1);
    expect(await kept()).toBe(address);
  },
);

test('a measure in a result leads to its definition and back to where it was read; Launch stays in view', async ({
  app,
}) => {
  const { page } = app;
  const [result] = await importResults(app, [quickResult()]);
  await page.evaluate((id) => (location.hash = `#/result/${id}`), result?.id);
  const link = page.getByRole('main').locator('a.cr-metric').last();
  await link.scrollIntoViewIfNeeded();
  const scrolled = () => page.evaluate(() => document.querySelector('main')!.scrollTop);
  const before = await scrolled();
  expect(before).toBeGreaterThan(0);
  const address = await page.evaluate(() => location.hash);
  await link.click();
  await expect.poll(scrolled).not.toBe(before);
  expect(await page.evaluate(() => location.hash)).toBe(address);
  await page.getByRole('button', { name: 'Back to where you were' }).click();
  await expect.poll(scrolled).toBe(before);
  await expect(link).toBeFocused();

  await new ShellPage(page).goTo('Scenarios');
  await page.getByRole('button', { name: 'Customise Smoke' }).click();
  const launch = page.getByRole('main').getByRole('button', { name: 'Launch', exact: true });
  await page.getByRole('heading', { name: 'Variants' }).waitFor();
  await page.evaluate(() => document.querySelector('main')!.scrollTo(0, 1e6));
  await expect.poll(scrolled).toBeGreaterThan(300);
  await expect(launch).toBeInViewport();
});
