import type { AppSettings } from '../../engine/model/index.ts';
import { ShellPage } from './pages/shell-page.ts';
import { findings } from './support/accessibility.ts';
import { requested } from './support/bridge.ts';
import { expect, test } from './support/fixture.ts';
import { leftOvers } from './support/left-overs.ts';

// Real units, bundled and started again.
test.describe.configure({ timeout: 420_000 });

const fix = 'Who asks for a product that is not there is told so by the catalog';
const errs = 'Recommendations fail for every other product';
const last = 'The old name of prices goes';
const unready = 'Inventory ends at its start';

test('whoever explores a cut releases a change while visitors shop, takes it back, and sees a bad one refused', async ({
  app,
}) => {
  const { page } = app;
  const shell = new ShellPage(page);
  const card = page.getByRole('region', { name: 'Release a change' });
  const status = card.getByRole('status');
  const unit = (name: string) => page.getByRole('article', { name: new RegExp(`^Unit ${name}: `) });
  const choose = async (title: string): Promise<void> => {
    await card.getByRole('combobox', { name: 'Change' }).click();
    await page.getByRole('option', { name: title }).click();
  };
  const inBothThemes = async (): Promise<void> => {
    for (const theme of ['dark', 'light'] as const) {
      const settings = await requested<AppSettings>(page, 'settings:get');
      await requested(page, 'settings:set', { ...settings, theme });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
      expect(await findings(page), theme).toEqual([]);
    }
  };

  await test.step('a cut is deployed, and the changes stand in words', async () => {
    await shell.goTo('Explore');
    await page.getByRole('button', { name: 'Start macroservices', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Break it' })).toBeEnabled({ timeout: 120_000 });
    await expect(
      page.getByRole('list', { name: 'What visitors get' }).getByRole('listitem').filter({ hasText: 'Check out' }),
    ).toContainText(/all \d+ good/, { timeout: 60_000 });
    await expect(status).toContainText('Nothing was released yet');
    await card.getByRole('combobox', { name: 'Change' }).click();
    await expect(page.getByRole('option', { name: unready })).toContainText('bug that never gets ready');
    expect(await findings(page, ['#overlays'])).toEqual([]);
    await page.keyboard.press('Escape');
    await choose(last);
    await expect(card).toContainText('It builds on "Who reads prices takes the new name"');
  });

  await test.step('a fix goes live without a lost request', async () => {
    await choose(fix);
    await expect(card).toContainText('Another program in');
    await expect(card).toContainText(/1 of 3 units: goods/, { timeout: 30_000 });
    await card.getByRole('button', { name: 'Release', exact: true }).click();
    await expect(status).toContainText(`"${fix}" is live after`, { timeout: 60_000 });
    await expect(card).toContainText(/Visitors lost none of \d+ requests since it began/, { timeout: 30_000 });
    await expect(
      page.getByRole('status').filter({ hasText: `"${fix}" was released: every request has had a good answer since.` }),
    ).toBeVisible();
    await expect(card).toContainText('is live. Take it back first.');
    await inBothThemes();
  });

  await test.step('it is taken back', async () => {
    await card.getByRole('button', { name: 'Take it back' }).click();
    await expect(status).toContainText(`"${fix}" was taken back.`, { timeout: 60_000 });
    await expect(card.getByRole('button', { name: 'Take it back' })).toBeDisabled();
    await expect(unit('goods')).toHaveAccessibleName(/: ready$/);
  });

  await test.step('one that never gets ready is given up, and visitors lose nothing', async () => {
    await choose(unready);
    await card.getByRole('button', { name: 'Release', exact: true }).click();
    await expect(status).toContainText(`"${unready}" could not be released`, { timeout: 120_000 });
    await expect(status).toContainText(
      /ended \d+ times, last with exit code 1\. What served before goes on serving\.$/,
    );
    await expect(card.getByRole('button', { name: 'Take it back' })).toBeDisabled();
    await expect(card).toContainText(/Visitors lost none of \d+ requests since it began/, { timeout: 30_000 });
    await inBothThemes();
  });

  await test.step('one that errs goes live, visitors suffer from it in one place, and are well when it is taken back', async () => {
    await choose(errs);
    await card.getByRole('button', { name: 'Release', exact: true }).click();
    await expect(status).toContainText(`"${errs}" is live after`, { timeout: 60_000 });
    await expect(card).toContainText(
      /Requests that visitors lost since it began: Recommendations of a product \d+ of \d+\./,
      { timeout: 30_000 },
    );
    await card.getByRole('button', { name: 'Take it back' }).click();
    await expect(status).toContainText(`"${errs}" was taken back.`, { timeout: 60_000 });
  });

  await test.step('one that builds on others, which takes long enough, is cancelled while it goes', async () => {
    await choose(last);
    await card.getByRole('button', { name: 'Release', exact: true }).click();
    await card.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(status).toContainText(`The release of "${last}" was cancelled.`, { timeout: 60_000 });
  });

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Start macroservices', exact: true })).toBeVisible({ timeout: 60_000 });
  expect(await leftOvers(app)).toEqual([]);
});
