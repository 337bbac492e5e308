import type { AppSettings } from '../../engine/model/index.ts';
import { quickResult } from '../../report/testing/index.ts';
import { HistoryPage } from './pages/history-page.ts';
import { ResultPage } from './pages/result-page.ts';
import { ShellPage, type PageTitle } from './pages/shell-page.ts';
import { seriousFindings } from './support/accessibility.ts';
import { requested } from './support/bridge.ts';
import { expect, test } from './support/fixture.ts';
import { importResults } from './support/seed.ts';

const pages: PageTitle[] = [
  'Scenarios',
  'Explore',
  'Topologies',
  'Experiments',
  'Live run',
  'History',
  'Compare',
  'Settings',
];

for (const theme of ['light', 'dark'] as const) {
  test(`no page has a serious accessibility finding, ${theme}`, async ({ app }) => {
    const settings = await requested<AppSettings>(app.page, 'settings:get');
    await requested(app.page, 'settings:set', { ...settings, theme });
    await importResults(app, [quickResult()]);
    const shell = new ShellPage(app.page);
    const findings: Record<string, string[]> = {};
    for (const title of pages) {
      await shell.goTo(title);
      await shell.arrivedAt(title);
      const serious = await seriousFindings(app.page);
      if (serious.length > 0) findings[title] = serious;
    }
    await shell.goTo('History');
    await new HistoryPage(app.page).results.first().click();
    await expect(new ResultPage(app.page).title).not.toBeEmpty();
    const serious = await seriousFindings(app.page);
    if (serious.length > 0) findings['Result'] = serious;
    expect(findings).toEqual({});
  });
}

test('everything on the way to a run can be done with the keyboard', async ({ app }) => {
  const { page } = app;
  const shell = new ShellPage(page);
  await expect(shell.heading(/./)).toBeVisible();
  await shell.command('Go to History');
  await expect(shell.heading('History')).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/home/);
  // From the top of the page with Tab alone to the first Launch button, and press it.
  let focused = '';
  for (let presses = 0; presses < 60 && !focused.startsWith('Launch'); presses += 1) {
    await page.keyboard.press('Tab');
    focused = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  }
  expect(focused).toMatch(/^Launch/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Now' })).toBeVisible({ timeout: 30_000 });
  await shell.command('Cancel the current run');
  await page
    .getByRole('dialog', { name: 'Cancel this run?' })
    .getByRole('button', { name: 'Cancel the run' })
    .press('Enter');
  await expect(page.getByRole('button', { name: /Read the result|Choose a scenario/ })).toBeVisible({
    timeout: 60_000,
  });
});

test('nothing is cut off at 1024 x 700, nor at 200 % zoom', async ({ app }) => {
  const shell = new ShellPage(app.page);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 700));
  for (const zoom of [1, 2]) {
    await app.electron.evaluate(
      ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(factor),
      zoom,
    );
    for (const title of pages) {
      await shell.goTo(title);
      await shell.arrivedAt(title);
      const overflow = await app.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${title} at ${zoom * 100} %`).toBeLessThanOrEqual(0);
    }
  }
});
