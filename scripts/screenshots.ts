import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { buildDesktop, root } from './desktop/build.ts';
import { drive, needScreen } from './desktop/driven.ts';
import { electronToStart } from './desktop/launch.ts';
import { findAnsweringEngine } from './docker-engine/find.ts';

// Pictures of every page in both themes, of the real window showing results it measured on this machine.
// `--fast` measures with the smoke scenario only; otherwise first with the quick one, which takes longer and shows more.
const smoke = /^Launch Smoke/;
const scenario = process.argv.includes('--fast') ? smoke : /^Launch Quick/;
const folder = path.join(root, 'docs', 'screenshots');
const size = { width: 1280, height: 820 };
const runLimitMs = 30 * 60_000;

needScreen();
await buildDesktop();
const { executablePath } = await electronToStart();
// With a container engine where there is one, as its users will have it.
const engine = await findAnsweringEngine('unix:///var/run/docker.sock');
if (engine !== undefined) process.env['DOCKER_HOST'] = engine;
const own = await mkdtemp(path.join(os.tmpdir(), 'cleave-screenshots-'));
await mkdir(folder, { recursive: true });
const electron = await drive(executablePath, root, {
  profile: path.join(own, 'profile'),
  data: path.join(own, 'data'),
});
try {
  const page = await electron.firstWindow();
  await electron.evaluate(
    ({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height),
    size,
  );
  await takeBoth(page, 'first-start', 'home');
  await measure(page, scenario, true);
  await measure(page, smoke, false);

  await takeBoth(page, 'scenarios', 'home');
  await takeBoth(page, 'history', 'history');
  const [later, earlier] = await resultIds(page);
  await takeBoth(page, 'result', `result/${earlier}`);
  await takeBoth(page, 'compare', `compare/${earlier}/${later}`);
  await takeBoth(page, 'topologies', 'topologies/microservices');
  await takeBoth(page, 'apis', 'apis');
  await takeBoth(page, 'claims', 'claims/fault-isolation');
  await takeBoth(page, 'decide', 'decide');
  await takeBoth(page, 'experiments', 'experiments');
  await customise(page);
  await takeBoth(page, 'editor');
  await explore(page);
  await takeBoth(page, 'explore');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await takeBoth(page, 'settings', 'settings');
} finally {
  await electron.close();
  await rm(own, { recursive: true, force: true, maxRetries: 5 });
}

/** Runs a scenario to its end; the first time the live page is taken in the middle of it. */
async function measure(page: Page, scenario: RegExp, withPictures: boolean): Promise<void> {
  await go(page, 'home');
  await page.getByRole('button', { name: scenario }).click();
  const anyway = page.getByRole('button', { name: 'Run anyway' });
  const going = page.getByRole('region', { name: 'Now' });
  await anyway.or(going).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  if (withPictures) await loadSeen(page);
  if (withPictures) await takeBoth(page, 'live-run');
  // Without a graphics card the window is drawn by the processors that are measured.
  await showWindow(false);
  await page.getByRole('button', { name: 'Read the result' }).waitFor({ timeout: runLimitMs, state: 'attached' });
  await showWindow(true);
}

function showWindow(shown: boolean): Promise<void> {
  return electron.evaluate(({ BrowserWindow }, show) => {
    const [window] = BrowserWindow.getAllWindows();
    if (show) window?.show();
    else window?.hide();
  }, shown);
}

/** Waits until the charts have something to draw: a few slices of load of the second variant. */
async function loadSeen(page: Page): Promise<void> {
  for (;;) {
    const enough = await page.evaluate(async () => {
      const { cleave } = window as unknown as {
        cleave: { request(name: string): Promise<{ value: { events: { type: string; variant?: string }[] } | null }> };
      };
      const events = (await cleave.request('run:snapshot')).value?.events ?? [];
      const loads = events.filter((event) => event.type === 'load');
      const last = loads.at(-1)?.variant;
      return (
        new Set(loads.map((event) => event.variant)).size > 1 &&
        loads.filter((event) => event.variant === last).length >= 4
      );
    });
    if (enough) return;
    await page.waitForTimeout(500);
  }
}

async function customise(page: Page): Promise<void> {
  await go(page, 'home');
  await page
    .getByRole('button', { name: /^Customise/ })
    .nth(1)
    .click();
}

async function explore(page: Page): Promise<void> {
  await go(page, 'explore');
  await page.getByRole('button', { name: 'Start microservices', exact: true }).click();
  await page
    .getByRole('button', { name: 'Open in browser' })
    .and(page.locator(':enabled'))
    .waitFor({ timeout: 180_000 });
  await page.waitForTimeout(3000);
}

function resultIds(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { cleave } = window as unknown as { cleave: { request(name: string): Promise<{ value: { id: string }[] }> } };
    return (await cleave.request('results:list')).value.map((one) => one.id);
  });
}

async function go(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = `#/${next}`;
  }, hash);
  await page.locator('main h1').first().waitFor();
}

async function takeBoth(page: Page, name: string, hash?: string): Promise<void> {
  if (hash !== undefined) await go(page, hash);
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate(async (theme) => {
      const { cleave } = window as unknown as {
        cleave: { request(name: string, ...args: unknown[]): Promise<{ value: object }> };
      };
      await cleave.request('settings:set', { ...(await cleave.request('settings:get')).value, theme });
    }, theme);
    await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor();
    await page.waitForTimeout(900);
    await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`), animations: 'disabled', caret: 'hide' });
    console.log(`${name}-${theme}.png`);
  }
}
