import type { AppSettings } from '../../engine/model/index.ts';
import { ApisPage } from './pages/apis-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { findings } from './support/accessibility.ts';
import { request, requested } from './support/bridge.ts';
import { expect, test } from './support/fixture.ts';
import { leftOvers } from './support/left-overs.ts';

// Reads contracts with the bundler, and starts real units.
test.describe.configure({ timeout: 240_000 });

test('every cut has the same APIs; what a cut decides is which calls cross the network', async ({ app }) => {
  const { page } = app;
  const shell = new ShellPage(page);
  await expect(shell.heading(/./)).toBeVisible();
  await page.keyboard.press('Control+9');
  await expect(shell.heading('APIs')).toBeVisible();
  const apis = new ApisPage(page);

  await test.step('in one unit all calls are function calls, in units of their own none is', async () => {
    await apis.cut.selectOption('monolith');
    await expect(page.getByRole('status').filter({ hasText: 'the modules have the same APIs' })).toBeVisible();
    await expect(apis.calls.getByText('function call in the same process')).toHaveCount(10);
    await apis.cut.selectOption('microservices');
    await expect(apis.calls.getByText(/^over the network, to unit /)).toHaveCount(10);
    await expect(apis.calls.getByText('function call in the same process')).toHaveCount(0);
  });

  await test.step('a contract is read with nothing running', async () => {
    await apis.calls.getByRole('button', { name: 'Orders' }).click();
    await expect(page.getByRole('region', { name: 'API of Orders' })).toBeInViewport({ ratio: 0.2 });
    await apis.show('orders', 'checkOut');
    await expect(page.getByText('POST /orders/checkOut')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('may be repeated with its key')).toBeVisible();
    const takes = page.getByRole('region', { name: 'Takes' });
    await expect(takes.getByText('customer.email')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Gives back' }).getByText('lines[].quantity')).toBeVisible();
    await expect(page.getByRole('group', { name: 'What is asked' })).toContainText('"cartId": "cart-${uuid}"');
    await expect(page.getByText('Asked before it, so that it is there: cart.add.')).toBeVisible();
  });

  await test.step('asking is off, and says why and what to do', async () => {
    await expect(apis.ask).toBeDisabled();
    await expect(apis.askMany).toBeDisabled();
    await expect(apis.readDocument).toBeDisabled();
    await expect(page.getByRole('note')).toContainText('No cut runs, so there is nobody to ask.');
    await page.getByRole('link', { name: 'Open Explore' }).click();
    await expect(shell.heading('Explore')).toBeVisible();
    await shell.goTo('APIs');
  });

  await test.step('the entry has routes for the world instead', async () => {
    await apis.module.selectOption('storefront');
    await expect(page.getByRole('list', { name: 'Routes of the entry' })).toContainText('POST /api/orders');
  });
  expect(app.errors).toEqual([]);
});

test('what the window may not ask is refused before anything happens', async ({ shared }) => {
  for (const args of [
    ['http://127.0.0.1:1', 'product', 0, 1],
    ['catalog', '../health', 0, 1],
    ['catalog', 'product', 0, 51],
  ])
    expect((await request(shared.page, 'explore:ask', ...args)).ok, JSON.stringify(args)).toBe(false);
  const refused = await request(shared.page, 'explore:ask', 'catalog', 'product', 8, 1);
  expect(refused.ok ? null : refused.error.message).toContain('No cut runs');
});

test('a running cut answers, and its times stand beside those of another', async ({ app }) => {
  const { page } = app;
  const shell = new ShellPage(page);
  const apis = new ApisPage(page);
  const start = async (cut: string): Promise<void> => {
    await shell.goTo('Explore');
    await page.getByRole('button', { name: `Start ${cut}`, exact: true }).click();
    await expect(page.getByRole('button', { name: 'Open in browser' })).toBeEnabled({ timeout: 120_000 });
    await shell.goTo('APIs');
  };
  const stop = async (cut: string): Promise<void> => {
    await shell.goTo('Explore');
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByRole('button', { name: `Start ${cut}`, exact: true })).toBeVisible({ timeout: 60_000 });
  };

  await test.step('one unit', async () => {
    await start('monolith');
    await apis.show('orders', 'checkOut');
    await apis.ask.click();
    await expect(page.getByRole('status').filter({ hasText: '200, as the example says, from unit shop' })).toBeVisible({
      timeout: 30_000,
    });
    await expect(apis.answer).toContainText('"status": "confirmed"');
    await apis.askMany.click();
    await expect(apis.times).toContainText(/monolith as processes\d[\d.,]*\sm?s?.*median of 20/, { timeout: 60_000 });
  });

  await test.step('its unit shows its document, of all of its modules', async () => {
    await apis.readDocument.click();
    await expect(
      page.getByRole('status').filter({ hasText: /^Unit shop of monolith serves \d+ addresses for 8/ }),
    ).toBeVisible();
    await apis.document.getByText('POST /orders/checkOut', { exact: true }).click();
    await expect(apis.document.getByRole('group', { name: 'POST /orders/checkOut' })).toContainText(
      '"operationId": "orders.checkOut"',
    );
    await expect(apis.document.getByText('POST /catalog/product', { exact: true })).toBeVisible();
  });

  await test.step('a refusal is an answer, too', async () => {
    await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: 'An empty cart' });
    await apis.ask.click();
    await expect(page.getByRole('status').filter({ hasText: '409, as the example says' })).toBeVisible();
    await expect(apis.answer).toContainText('"retryable": false');
    for (const theme of ['dark', 'light'] as const) {
      const settings = await requested<AppSettings>(page, 'settings:get');
      await requested(page, 'settings:set', { ...settings, theme });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
      expect(await findings(page), theme).toEqual([]);
    }
    await stop('monolith');
  });

  await test.step('three units', async () => {
    await start('macroservices');
    await expect(apis.cut).toHaveValue('macroservices');
    await apis.show('orders', 'checkOut');
    await apis.askMany.click();
    await expect(apis.times.getByRole('listitem')).toHaveCount(2, { timeout: 60_000 });
    await expect(apis.times).toContainText('crossed the network once, in any cut');
    await stop('macroservices');
  });
  expect(await leftOvers(app)).toEqual([]);
  expect(app.errors).toEqual([]);
});
