import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';

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
  { name: 'topologies', hash: '#/topologies/macroservices' },
  { name: 'topologies-monolith', hash: '#/topologies/monolith' },
  { name: 'topologies-micro', hash: '#/topologies/microservices' },
  { name: 'experiments', hash: '#/experiments' },
  {
    name: 'editor',
    hash: '#/',
    act: async (page) => {
      await click(page, /^Customise What breaks/i);
      await page.getByRole('heading', { name: 'Variants' }).waitFor();
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
  { name: 'palette', hash: '#/', act: (page) => page.keyboard.press('Control+k') },
  { name: 'shortcuts', hash: '#/', act: (page) => page.keyboard.press('?') },
  { name: 'failing', query: 'failing=results:list', hash: '#/history' },
];

function complain(shot: Shot, text: string): void {
  process.stderr.write(`${shot.name}: ${text}\n`);
}

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:5173/dev/index.html' },
    out: { type: 'string', default: 'out/shots' },
    only: { type: 'string' },
    theme: { type: 'string' },
    size: { type: 'string' },
    full: { type: 'boolean', default: false },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});

const sizes = values.size === undefined ? ['1280x800', '1024x700'] : [values.size];
const themes = values.theme === undefined ? ['light', 'dark'] : [values.theme];
const browser = await chromium.launch({ executablePath: values.chromium, args: ['--no-sandbox', '--disable-gpu'] });
await mkdir(values.out, { recursive: true });
for (const size of sizes) {
  const [width = 1280, height = 800] = size.split('x').map(Number);
  for (const theme of themes) {
    for (const shot of shots) {
      if (values.only !== undefined && !values.only.split(',').includes(shot.name)) continue;
      const page = await browser.newPage({ viewport: { width, height: values.full ? 2400 : height } });
      page.on('pageerror', (error) => complain(shot, error.message));
      page.on('console', (message) => message.type() === 'error' && complain(shot, message.text()));
      await page.goto(`${values.url}?theme=${theme}&${shot.query ?? ''}${shot.hash}`);
      await page
        .locator('main h1, main [role=alert]')
        .first()
        .waitFor({ timeout: 20_000 })
        .catch(() => complain(shot, 'no heading'));
      await page.waitForTimeout(900);
      try {
        await shot.act?.(page);
      } catch (error) {
        complain(shot, String(error).split('\n')[0] ?? '');
      }
      await page.waitForTimeout(500);
      await page.screenshot({ path: path.join(values.out, `${shot.name}-${theme}-${size}.png`) });
      await page.close();
    }
  }
}
await browser.close();
