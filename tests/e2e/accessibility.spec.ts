import type { Page } from '@playwright/test';
import type { AppSettings } from '../../engine/model/index.ts';
import { quickResult } from '../../report/testing/index.ts';
import { HistoryPage } from './pages/history-page.ts';
import { HomePage } from './pages/home-page.ts';
import { RunPage } from './pages/run-page.ts';
import { railTitles as pages, ShellPage, type PageTitle } from './pages/shell-page.ts';
import { TopologiesPage } from './pages/topologies-page.ts';
import { findings } from './support/accessibility.ts';
import { requested } from './support/bridge.ts';
import { expect, noEngine, test, type RunningApp } from './support/fixture.ts';
import { furnish, screensOf, show, type Screen } from './support/screens.ts';
import { importResults } from './support/seed.ts';

/** A bound against hanging: axe takes seconds on a long document. */
const longMs = 600_000;

// Every kind of page as most people see it for each commit; of the rest one of each colour and size before a landing, and all of it in the campaign.
for (const [theme, zoom, ofPages, ofLayers] of [
  ['light', 1, '', '@full'],
  ['dark', 1, '@wide', '@wide'],
  ['light', 2, '@wide', '@full'],
  ['dark', 2, '@full', '@full'],
] as const) {
  const dressed = async (app: RunningApp): Promise<Screen[]> => {
    const settings = await requested<AppSettings>(app.page, 'settings:get');
    await requested(app.page, 'settings:set', { ...settings, theme });
    await app.electron.evaluate(
      ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(factor),
      zoom,
    );
    return screensOf(await furnish(app));
  };

  for (const [which, tag, isMeant] of [
    ['kind of page', ofPages, ({ alike }: Screen) => alike !== true],
    ['page that shares its parts with another', ofPages || '@wide', ({ alike }: Screen) => alike === true],
  ] as const)
    test(`axe finds nothing on any ${which}, ${theme}, ${zoom * 100} %`, tag === '' ? {} : { tag }, async ({ app }) => {
      test.setTimeout(longMs);
      const found: Record<string, string[]> = {};
      for (const screen of (await dressed(app)).filter((one) => one.open === undefined && isMeant(one))) {
        await show(app, screen);
        found[screen.name] = await findings(app.page);
      }
      expect(Object.entries(found).filter(([, lines]) => lines.length > 0)).toEqual([]);
    });

  test(
    `axe finds nothing in any menu, dialog or note, and Escape closes each without losing the focus, ${theme}, ${zoom * 100} %`,
    { tag: ofLayers },
    async ({ app }) => {
      test.setTimeout(longMs);
      const { page } = app;
      const found: string[] = [];
      for (const screen of (await dressed(app)).filter(({ open }) => open !== undefined)) {
        await test.step(screen.name, async () => {
          await show(app, screen);
          const over = ['#overlays', 'section[aria-label="Notes"]'];
          for (const line of await findings(page, screen.inPage === true ? [] : over))
            found.push(`${screen.name}: ${line}`);
          if (screen.inPage === true) return;
          for (let layer = 0; layer < (screen.layers ?? 1); layer += 1) await page.keyboard.press('Escape');
          const left = page.locator(
            '#overlays :is([role=dialog], [role=menu], [role=listbox]), section[aria-label="Notes"] > *',
          );
          await expect.soft(left.filter({ visible: true }), `${screen.name}, after Escape`).toHaveCount(0);
          await expect
            .soft(async () => expect(await focused(page)).not.toBe('BODY'), `${screen.name}: the focus`)
            .toPass({ timeout: 3000 });
        });
      }
      expect(found).toEqual([]);
    },
  );
}

for (const [theme, tag] of [
  ['light', '@wide'],
  ['dark', '@full'],
] as const)
  test(
    `axe finds nothing on a live run, and in what is asked before it ends, ${theme}`,
    { tag },
    async ({ launch }) => {
      test.setTimeout(longMs);
      const { page } = await launch({ environment: noEngine, scripted: true });
      const settings = await requested<AppSettings>(page, 'settings:get');
      await requested(page, 'settings:set', { ...settings, theme });
      await new HomePage(page).launch(/^Launch Smoke/);
      const run = new RunPage(page);
      await run.measuring();
      expect(await findings(page)).toEqual([]);
      await run.cancelButton.click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page, ['#overlays'])).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(run.cancelButton).toBeFocused();
      await run.cancel();
      await expect(page.getByRole('button', { name: /Read the result|Choose a scenario/ })).toBeVisible({
        timeout: 60_000,
      });
      expect(await findings(page)).toEqual([]);
    },
  );

for (const [theme, tag] of [
  ['light', '@wide'],
  ['dark', '@full'],
] as const)
  test(
    `axe finds nothing in what is asked on a loud machine, and Escape starts nothing, ${theme}`,
    { tag },
    async ({ launch }) => {
      const { page } = await launch({ environment: { ...noEngine, CLEAVE_TEST_LOUD: '0.4' }, scripted: true });
      const settings = await requested<AppSettings>(page, 'settings:get');
      await requested(page, 'settings:set', { ...settings, theme });
      await expect(page.getByRole('button', { name: 'Machine: Not quiet' })).toBeVisible();
      await page.getByRole('button', { name: /^Launch Smoke/ }).click();
      const dialog = page.getByRole('dialog', { name: 'The machine is not quiet' });
      await expect(dialog.getByRole('status')).toContainText('40 %');
      expect(await findings(page, ['#overlays'])).toEqual([]);
      await dialog.getByRole('button', { name: 'Wait for quiet' }).click();
      await expect(dialog.getByRole('button', { name: 'Waiting for quiet' })).toBeDisabled();
      expect(await findings(page, ['#overlays'])).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(dialog).toHaveCount(0);
      await expect(page.getByRole('button', { name: /^Launch Smoke/ })).toBeFocused();
      expect(await findings(page)).toEqual([]);
    },
  );

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.tagName ?? 'BODY');
}

test('notes cover nothing: neither the list, nor its buttons, nor the status line; and go when they no longer matter', async ({
  app,
}) => {
  const { page } = app;
  const shell = new ShellPage(page);
  await importResults(app, [quickResult(), { ...quickResult(), id: '2026-01-02-second', title: 'Second' }]);
  await shell.goTo('History');
  const history = new HistoryPage(page);
  await expect(history.results).toHaveCount(2);
  const notes = page.getByRole('region', { name: 'Notes', exact: true });
  await history.moveToTrash('Second');
  await expect(notes.getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.evaluate(() => document.querySelector('main')!.scrollTo(0, 1e6));
  const boxes = await page.evaluate(() =>
    ['main', 'section[aria-label="Notes"]', 'footer'].map((one) => {
      const { top, bottom } = document.querySelector(one)!.getBoundingClientRect();
      return { top, bottom };
    }),
  );
  // One below the other.
  expect(boxes[1]!.top).toBeGreaterThanOrEqual(boxes[0]!.bottom);
  expect(boxes[2]!.top).toBeGreaterThanOrEqual(boxes[1]!.bottom);
  expect(boxes[1]!.bottom - boxes[1]!.top).toBeGreaterThan(20);
  // The row that had the focus is gone; what stands there now has it.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toMatch(/^(More for|Pick|Open) /);

  await test.step('it goes with the page, and when it was undone elsewhere', async () => {
    await shell.goTo('Settings');
    await expect(notes.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await shell.goTo('History');
    await page.getByRole('button', { name: 'Trash' }).click();
    await page.getByRole('button', { name: 'Restore Second' }).click();
    await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
    await shell.goTo('History');
    await history.moveToTrash('Second');
    await page.getByRole('button', { name: 'Trash' }).click();
    await page.getByRole('button', { name: 'Restore Second' }).click();
    await expect(notes.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  });
});

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
  await expect(page.getByRole('region', { name: 'Now', exact: true })).toBeVisible({ timeout: 30_000 });
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

  // A size that was chosen stays when the cut changes, until the whole drawing is asked for.
  const scale = () =>
    topologies.canvas
      .locator('.react-flow__viewport')
      .evaluate((drawing) => new DOMMatrix(getComputedStyle(drawing).transform).a);
  const fitted = await scale();
  await topologies.canvas.getByRole('button', { name: 'Zoom In' }).click();
  await expect.poll(scale).toBeGreaterThan(fitted * 1.1);
  const larger = await scale();
  await topologies.canvas.locator('[data-id="module:recommendations"]').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(units).toHaveCount(before - 1);
  expect(await scale()).toBeCloseTo(larger, 3);
  await page.keyboard.press('Control+z');
  await expect(units).toHaveCount(before);
  expect(await scale()).toBeCloseTo(larger, 3);
  await topologies.canvas.getByRole('button', { name: 'Fit View' }).click();
  await expect.poll(scale).toBeCloseTo(fitted, 2);
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
