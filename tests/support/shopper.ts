import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';

/** Like `describe`, for tests in which a person shops in a browser: skipped with a loud line where there is none (where CI is set, the run fails). */
export function describeWithBrowser(name: string, suite: (browser: () => Browser) => void): void {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    const text =
      'no Chromium found (CHROMIUM, /usr/bin/chromium or on the PATH): nobody shops in a browser in this run';
    if (![undefined, '', 'false', '0'].includes(process.env['CI'])) throw new Error(text);
    console.warn(`\n!!! SKIPPED: ${text}\n`);
  }
  describe.skipIf(executablePath === undefined)(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: executablePath ?? '',
        args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
      });
    });
    afterAll(() => browser.close());
    suite(() => browser);
  });
}

function findChromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((directory) => names.map((name) => path.join(directory, name)));
  return [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', ...onPath].find(
    (file) => file !== '' && existsSync(file),
  );
}

/** Opens the shop at `home` in a fresh browser window, searches, fills the cart, is refused once and then buys. Pages must work without scripts. */
export async function shop(browser: Browser, home: string): Promise<void> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  try {
    await buy(await context.newPage(), home);
  } finally {
    await context.close();
  }
}

async function buy(page: Page, home: string): Promise<void> {
  const trouble: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(message.text());
  });
  const picked = page.getByRole('region', { name: 'Picked for you' }).getByRole('listitem');
  // What is picked may come too late for a page, which then does without: on a busy machine it is the second that has it.
  await expect
    .poll(
      async () => {
        await page.goto(home);
        return picked.count();
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Good things');

  await page.getByRole('searchbox').fill('brass lamp');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
  const product = (await page.getByRole('heading', { level: 1 }).textContent()) ?? '';
  expect(product).toMatch(/brass lamp/);
  await page.getByLabel('Quantity').fill('2');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.goto(`${home}/products/p-1`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  expect(await page.getByRole('button', { name: /^Remove/ }).count()).toBe(2);
  await page
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click();
  await page.getByRole('link', { name: 'Check out' }).click();

  await page.getByLabel('Name').fill('Ada <Example>');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Address').fill('1 Example Street');
  await page.getByLabel('Card number').fill('4000000000000002');
  await page.getByRole('button', { name: 'Buy now' }).click();
  expect(await page.getByRole('main').textContent()).toContain('Nothing was bought: the card was declined.');

  await page.getByRole('link', { name: 'Back to the cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.getByLabel('Name').fill('Ada <Example>');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Address').fill('1 Example Street');
  await page.getByRole('button', { name: 'Buy now' }).click();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Thank you, your order is confirmed');
  expect(await page.getByRole('main').textContent()).toContain('Ada <Example>');
  expect(trouble.filter((text) => !text.includes('409'))).toEqual([]);
}
