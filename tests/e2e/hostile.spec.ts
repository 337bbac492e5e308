import { mkdir, open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ResultSummary } from '../../engine/model/index.ts';
import { acting, actingIn, poisoned, quickResult } from '../../report/testing/index.ts';
import { HistoryPage } from './pages/history-page.ts';
import { HomePage } from './pages/home-page.ts';
import { ResultPage } from './pages/result-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { request, requested } from './support/bridge.ts';
import { answerOpenDialog } from './support/dialogs.ts';
import { expect, noEngine, test, type RunningApp } from './support/fixture.ts';
import { importResults } from './support/seed.ts';

const megabyte = 2 ** 20;

async function fileOf(app: RunningApp, write: (file: string) => Promise<void>): Promise<string> {
  await mkdir(app.saved, { recursive: true });
  const file = path.join(app.saved, 'hostile.cleave-result');
  await write(file);
  return file;
}

test('a result file too large to be one is refused at once, in words, on the page', async ({ shared: app }) => {
  const file = await fileOf(app, async (name) => {
    const handle = await open(name, 'w');
    await handle.truncate(300 * megabyte);
    await handle.close();
  });
  await answerOpenDialog(app, file);
  await new ShellPage(app.page).goTo('History');
  await app.page.getByRole('button', { name: 'Import result' }).click();
  await expect(app.page.getByRole('alert').filter({ hasText: 'could not be imported' })).toContainText(/MB/);
  expect(await requested(app.page, 'results:list')).toEqual([]);
});

test(
  'a result file just below the limit that is not one is refused, and the window goes on',
  { tag: '@wide' },
  async ({ shared: app }) => {
    const file = await fileOf(app, (name) =>
      writeFile(name, `{"schema":"cleave/result","x":"${'y'.repeat(90 * megabyte)}"}`),
    );
    await answerOpenDialog(app, file);
    const answer = await request(app.page, 'results:import');
    expect(answer).toMatchObject({ ok: false });
    if (!answer.ok) expect(answer.error.message.length).toBeLessThan(700);
    expect(await requested(app.page, 'results:list')).toEqual([]);
  },
);

test(
  'scripts in every string of a result are shown as text, on every page that shows it',
  { tag: '@wide' },
  async ({ app }) => {
    const { page } = app;
    await importResults(app, [poisoned(quickResult()), quickResult()]);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void dialog.dismiss();
    });
    const shell = new ShellPage(page);
    await shell.goTo('Scenarios');
    await expect(page.getByRole('heading', { name: 'Recent results' })).toBeVisible();
    await shell.goTo('History');
    const history = new HistoryPage(page);
    await expect(history.results).toHaveCount(2);
    const ids = (await requested<ResultSummary[]>(page, 'results:list')).map((one) => one.id);
    for (const id of ids) {
      await page.evaluate((next) => (location.hash = `#/result/${next}`), id);
      await expect(new ResultPage(page).title).not.toBeEmpty();
    }
    await page.evaluate(([a, b]) => (location.hash = `#/compare/${a}/${b}`), ids);
    await expect(page.getByRole('main')).toContainText(/settings/i);
    await shell.command('onerror');
    expect(asked).toEqual([]);
    expect(await page.locator('main img, main script').count()).toBe(0);
  },
);

test('a result of an earlier version opens without what would act on the window', { tag: '@wide' }, async ({ app }) => {
  const { page } = app;
  await importResults(app, [poisoned(quickResult(), acting)]);
  const [summary] = await requested<ResultSummary[]>(page, 'results:list');
  expect(actingIn(summary)).toBeUndefined();
  await page.evaluate((next) => (location.hash = `#/result/${next}`), summary?.id);
  await expect(new ResultPage(page).title).toContainText('31mb');
  const shown = await page.evaluate(() => document.documentElement.outerHTML);
  expect(actingIn(shown)).toBeUndefined();
});

test(
  'a data folder that cannot be written is said on the page, and nothing runs',
  { tag: '@wide' },
  async ({ launch }) => {
    const first = await launch({ environment: noEngine });
    const blocked = path.join(first.profile, 'a-file');
    await writeFile(blocked, '');
    await first.electron.close();
    const { page } = await launch({ environment: { ...noEngine, CLEAVE_DATA_DIR: path.join(blocked, 'below') } });
    await new HomePage(page).launch(/^Launch Smoke/);
    const notice = page.getByRole('alert').filter({ hasText: 'could not be started' });
    await expect(notice).toContainText(/data folder/i);
    await expect(notice).toContainText(/Settings/);
  },
);
