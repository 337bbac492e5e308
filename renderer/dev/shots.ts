import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

interface Shot {
  name: string;
  query?: string;
  hash: string;
  /** Brings the page into the state worth seeing. */
  act?: (page: Page) => Promise<void>;
}

const click = (page: Page, name: string | RegExp, role: 'button' | 'menuitem' = 'button') =>
  page.getByRole(role, { name }).first().click();

const shots: readonly Shot[] = [
  { name: 'home', hash: '#/' },
  { name: 'home-first', query: 'results=0', hash: '#/' },
  { name: 'home-missing', query: 'engine=missing', hash: '#/' },
  {
    name: 'home-loud',
    query: 'loud=1',
    hash: '#/',
    act: async (page) => {
      await page.getByRole('button', { name: 'Machine: Not quiet' }).waitFor();
      await click(page, /^Launch Quick/);
      await page.getByRole('button', { name: 'Wait for quiet' }).waitFor();
    },
  },
  { name: 'explore', hash: '#/explore' },
  {
    name: 'explore-running',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await page.getByRole('button', { name: 'Open in browser' }).waitFor();
      await page.waitForTimeout(2500);
      await click(page, 'Break it');
      await page.waitForTimeout(1500);
    },
  },
  {
    name: 'explore-replacing',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await click(page, 'Replace or double unit catalog');
      await click(page, 'One more', 'menuitem');
      await page.getByText('Catalog was given one more instance.').waitFor();
      await click(page, 'Replace or double unit orders');
      await click(page, 'Replace (keep serving)', 'menuitem');
      await page.getByText('Orders is being replaced one after another.').waitFor();
      await click(page, 'Replace or double unit payments');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'explore-replaced',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await click(page, 'Replace or double unit catalog');
      await click(page, 'One more', 'menuitem');
      await page.getByText('Catalog was given one more instance.').waitFor();
      await click(page, 'Replace everything at once');
      await page.getByText('Every unit was replaced at once.').waitFor();
      await page.waitForTimeout(1500);
      await click(page, 'Replace or double unit orders');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'explore-one-broken',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await click(page, 'Replace or double unit recommendations');
      await click(page, 'One more', 'menuitem');
      await page.getByText('Recommendations was given one more instance.').waitFor();
      await page.getByRole('combobox', { name: 'In which instances of its unit' }).click();
      await page.getByRole('option', { name: 'One instance' }).click();
      await click(page, 'Break it');
      await page.getByRole('button', { name: /^Undo/ }).waitFor();
      await click(page, 'Replace or double unit recommendations');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'explore-choosing-change',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await page.getByRole('button', { name: 'Release', exact: true }).waitFor();
      await page.getByRole('combobox', { name: 'Change' }).click();
      await page.getByRole('listbox').waitFor();
    },
  },
  {
    name: 'explore-releasing',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await click(page, 'Release');
      await page.getByRole('list', { name: 'How far each unit has got' }).waitFor();
      await page.getByText('new one is ready').first().waitFor();
    },
  },
  {
    name: 'explore-released',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await click(page, 'Release');
      await page.getByText('is live after').waitFor({ timeout: 20_000 });
      await page.waitForTimeout(1500);
      await page.getByRole('region', { name: 'Release a change' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'explore-unready',
    query: 'explore=1',
    hash: '#/explore',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Change' }).click();
      await page.getByRole('option', { name: 'Inventory ends at its start' }).click();
      await click(page, 'Release');
      await page.getByText('could not be released').first().waitFor({ timeout: 20_000 });
    },
  },
  { name: 'topologies', hash: '#/topologies/macroservices' },
  { name: 'topologies-monolith', hash: '#/topologies/monolith' },
  { name: 'topologies-micro', hash: '#/topologies/microservices' },
  {
    name: 'topologies-swapped',
    hash: '#/topologies/microservices',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Language of recommendations' }).selectOption('Go');
    },
  },
  {
    name: 'topologies-doubled',
    hash: '#/topologies/microservices',
    act: async (page) => {
      await click(page, 'One instance of catalog more');
      await click(page, 'One instance of storefront more');
      await click(page, 'One instance of storefront more');
    },
  },
  { name: 'claims', hash: '#/claims' },
  { name: 'decide', hash: '#/decide' },
  { name: 'decide-unmeasured', query: 'results=0', hash: '#/decide' },
  { name: 'claims-unmeasured', query: 'results=0', hash: '#/claims' },
  { name: 'claims-unread', query: 'failing=claims:judge', hash: '#/claims' },
  { name: 'apis', hash: '#/apis' },
  {
    name: 'apis-asked',
    query: 'explore=1',
    hash: '#/apis',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Module' }).selectOption('orders');
      await page.getByRole('button', { name: 'Ask 20 times' }).and(page.locator(':enabled')).waitFor();
      await click(page, 'Ask 20 times');
      await page.getByRole('group', { name: 'Times by cut' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'apis-unread', query: 'failing=apis:describe', hash: '#/apis' },
  { name: 'experiments', hash: '#/experiments' },
  {
    name: 'editor',
    hash: '#/',
    act: async (page) => {
      await click(page, /^Customise What breaks/i);
      await page.getByRole('heading', { name: 'Variants' }).waitFor();
    },
  },
  {
    name: 'editor-changes',
    hash: '#/',
    act: async (page) => {
      await click(page, /^Customise What breaks/i);
      await page.getByRole('heading', { name: 'Variants' }).waitFor();
      await page
        .getByRole('checkbox', { name: 'Releases' })
        .or(page.getByRole('switch', { name: 'Releases' }))
        .first()
        .check();
      await page.getByRole('combobox', { name: 'Changes' }).click();
      await page.getByRole('listbox').waitFor();
    },
  },
  { name: 'run', query: 'run=0.62', hash: '#/run' },
  { name: 'run-early', query: 'run=0.02', hash: '#/run' },
  { name: 'run-empty', hash: '#/run' },
  {
    name: 'run-cancel',
    query: 'run=0.4',
    hash: '#/run',
    act: async (page) => {
      await click(page, 'Cancel run');
      await click(page, 'Cancel the run');
      await page.waitForTimeout(900);
    },
  },
  { name: 'run-ended', query: 'run=1', hash: '#/run' },
  { name: 'result', hash: '#/result/result-0' },
  { name: 'history', query: 'results=500', hash: '#/history' },
  { name: 'history-empty', query: 'results=0', hash: '#/history' },
  { name: 'compare', hash: '#/compare/result-1/result-2' },
  { name: 'compare-empty', hash: '#/compare' },
  { name: 'settings', hash: '#/settings' },
  { name: 'sample', hash: '#/sample' },
  { name: 'glossary', hash: '#/glossary' },
  { name: 'palette', hash: '#/', act: (page) => page.keyboard.press('Control+k') },
  { name: 'shortcuts', hash: '#/', act: (page) => page.keyboard.press('?') },
  { name: 'failing', query: 'failing=results:list', hash: '#/history' },
];

function complain(shot: Shot, text: string): void {
  process.stderr.write(`${shot.name}: ${text}\n`);
}

const { values } = parseArgs({
  options: {
    stage: { type: 'string', default: 'test-results/stage' },
    out: { type: 'string', default: 'test-results/shots' },
    only: { type: 'string' },
    theme: { type: 'string' },
    size: { type: 'string' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const origin = 'http://stage.test';
const sizes = values.size === undefined ? ['1280x800', '1024x700'] : [values.size];
const themes = values.theme === undefined ? ['light', 'dark'] : [values.theme];
const wanted = shots.filter((shot) => values.only === undefined || values.only.split(',').includes(shot.name));
const browser = await chromium.launch({ executablePath: values.chromium, args: ['--no-sandbox', '--disable-gpu'] });
await mkdir(values.out, { recursive: true });
for (const size of sizes) {
  const [width = 1280, height = 800] = size.split('x').map(Number);
  const context = await browser.newContext({ viewport: { width, height } });
  // Read from the disk: a browser drops what it loads over a network when an engine adds one beside it.
  await context.route('**/*', (route) =>
    route.fulfill({ path: path.join(values.stage, new URL(route.request().url()).pathname) }),
  );
  for (const theme of themes) for (const shot of wanted) await take(context, shot, theme, size);
  await context.close();
}
await browser.close();

async function take(context: BrowserContext, shot: Shot, theme: string, size: string): Promise<void> {
  const page = await context.newPage();
  page.on('pageerror', (error) => complain(shot, error.message));
  page.on('console', (message) => message.type() === 'error' && complain(shot, message.text()));
  try {
    await page.goto(`${origin}/dev/index.html?theme=${theme}&${shot.query ?? ''}${shot.hash}`);
    await page
      .locator('main h1, main [role=alert], main h2, main [class*=EmptyState]')
      .first()
      .waitFor({ timeout: 20_000 });
    await page.waitForTimeout(700);
    await shot.act?.(page);
    await page.waitForTimeout(400);
  } catch (error) {
    complain(shot, String(error).split('\n')[0] ?? '');
  }
  await page.screenshot({ path: path.join(values.out, `${shot.name}-${theme}-${size}.png`) });
  await page.close();
}
