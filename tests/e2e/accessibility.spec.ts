import type { AppSettings } from '../../engine/model/index.ts';
import { quickResult } from '../../report/testing/index.ts';
import { HistoryPage } from './pages/history-page.ts';
import { ResultPage } from './pages/result-page.ts';
import { ShellPage, type PageTitle } from './pages/shell-page.ts';
import { TopologiesPage } from './pages/topologies-page.ts';
import { seriousFindings } from './support/accessibility.ts';
import { requested } from './support/bridge.ts';
import { expect, test } from './support/fixture.ts';
import { importResults } from './support/seed.ts';

const pages: PageTitle[] = [
  'Scenarios',
  'Explore',
  'Cuts',
  'Experiments',
  'Live run',
  'History',
  'Compare',
  'Settings',
];

for (const theme of ['light', 'dark'] as const) {
  // One theme for each commit: they differ in colours, which the other one shows later.
  test(
    `no page has a serious accessibility finding, ${theme}`,
    theme === 'light' ? {} : { tag: '@wide' },
    async ({ app }) => {
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
    },
  );
}

test(
  'every page has one heading of the first rank, also while it has nothing to show',
  { tag: '@wide' },
  async ({ app }) => {
    const shell = new ShellPage(app.page);
    const outline = async (title: PageTitle): Promise<string> => {
      await shell.goTo(title);
      await shell.arrivedAt(title);
      await expect(shell.main.getByRole('heading', { level: 1 })).toHaveCount(1);
      const levels = await shell.main
        .locator('h1, h2, h3, h4, h5, h6')
        .evaluateAll((headings) => headings.map((heading) => Number(heading.tagName.slice(1))));
      const skips = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
      return skips.length === 0 ? '' : `${title}: ${levels.join(' ')}`;
    };
    const problems: string[] = [];
    for (const title of pages) problems.push(await outline(title));
    await app.page.evaluate(() => (location.hash = '#/experiment/nothing'));
    await expect(shell.heading('This experiment is gone')).toBeVisible();
    await importResults(app, [quickResult()]);
    for (const title of pages) problems.push(await outline(title));
    expect(problems.filter((problem) => problem !== '')).toEqual([]);
  },
);

test('who wants no motion gets none', async ({ app }) => {
  const { page } = app;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page
    .getByRole('button', { name: /^Launch / })
    .first()
    .waitFor();
  await new ShellPage(page).goTo('Cuts');
  await new ShellPage(page).arrivedAt('Cuts');
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
      const long = (list: string) =>
        list.split(',').some((one) => Number.parseFloat(one) * (one.includes('ms') ? 1 : 1000) > 10);
      const moves = long(transitionDuration) || (animationName !== 'none' && long(animationDuration));
      return moves ? [`${element.tagName} ${element.className}`] : [];
    }),
  );
  expect(moving).toEqual([]);
});

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

test('a cut is drawn, undone and redone with the keyboard alone', async ({ app }) => {
  const { page } = app;
  await new ShellPage(page).goTo('Cuts');
  const topologies = new TopologiesPage(page);
  await topologies.open('microservices');
  const units = page.getByRole('group', { name: /^Unit / });
  const before = await units.count();
  const module = topologies.canvas.locator('[data-id="module:recommendations"]');
  await module.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(units).toHaveCount(before - 1);
  await page.keyboard.press('Control+z');
  await expect(units).toHaveCount(before);
  await page.keyboard.press('Control+Shift+z');
  await expect(units).toHaveCount(before - 1);
  await topologies.canvas.locator('[data-id="module:recommendations"]').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(units).toHaveCount(before);
});

test('nothing is cut off at 1024 x 700, nor at 200 % zoom', { tag: '@wide' }, async ({ app }) => {
  const shell = new ShellPage(app.page);
  const [result] = await importResults(app, [quickResult()]);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 700));
  for (const zoom of [1, 2]) {
    await app.electron.evaluate(
      ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(factor),
      zoom,
    );
    for (const title of pages) {
      await shell.goTo(title);
      await shell.arrivedAt(title);
      const overflow = await shell.main.evaluate((main) => main.scrollWidth - main.clientWidth);
      expect.soft(overflow, `${title} at ${zoom * 100} %`).toBeLessThanOrEqual(0);
    }
    for (const hash of [`#/result/${result?.id}`, `#/compare/${result?.id}/${result?.id}`]) {
      await app.page.evaluate((next) => (location.hash = next), hash);
      await expect(shell.main.getByRole('heading', { level: 2 }).first()).toBeVisible();
      const overflow = await shell.main.evaluate((main) => main.scrollWidth - main.clientWidth);
      expect.soft(overflow, `${hash} at ${zoom * 100} %`).toBeLessThanOrEqual(0);
    }
    await shell.goTo('Scenarios');
    await app.page.getByRole('button', { name: 'Customise Smoke' }).click();
    await expect(shell.main.getByRole('heading', { name: 'Variants' })).toBeVisible();
    for (const fold of await shell.main.locator('summary').all()) await fold.click();
    const overflow = await shell.main.evaluate((main) => main.scrollWidth - main.clientWidth);
    expect.soft(overflow, `editor at ${zoom * 100} %`).toBeLessThanOrEqual(0);
  }
});
