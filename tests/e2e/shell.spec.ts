import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { AppSettings } from '../../engine/model/index.ts';
import { request, requested } from './support/bridge.ts';
import { answerOpenDialog } from './support/dialogs.ts';
import { expect, noEngine, startAgain, test, type RunningApp } from './support/fixture.ts';

test.describe('theme', () => {
  test('follows the system, is kept, and the window is never painted in the other colour', async ({ app }) => {
    const settings = await requested<AppSettings>(app.page, 'settings:get');
    expect(settings.theme).toBe('system');
    await requested(app.page, 'settings:set', { ...settings, theme: 'dark' });
    await expect.poll(() => app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
    const dark = await app.restart();
    expect(await background(dark)).toBe('#131518');
    expect(await dark.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
    await requested(dark.page, 'settings:set', { ...settings, theme: 'light' });
    await expect.poll(() => background(dark)).toBe('#F7F7F9');
  });
});

test.describe('window', () => {
  test('opens where it was closed', async ({ app }) => {
    const wanted = { x: 40, y: 30, width: 1000, height: 640 };
    await app.electron.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]!.setBounds(bounds),
      wanted,
    );
    await expect
      .poll(() => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds()))
      .toEqual(wanted);
    const again = await app.restart();
    expect(await again.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())).toEqual(
      wanted,
    );
  });

  test('forgets a place that no screen has, and damaged files', { tag: '@wide' }, async ({ launch }) => {
    const first = await launch({ environment: noEngine });
    await first.electron.close();
    await writeFile(
      path.join(first.profile, 'window.json'),
      JSON.stringify({ bounds: { x: 90_000, y: 90_000, width: 900, height: 600 }, maximized: false }),
    );
    await writeFile(path.join(first.profile, 'settings.json'), '{"theme":');
    const again = await launch({ environment: noEngine });
    const bounds = await again.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds());
    expect(bounds.x).toBeLessThan(5000);
    expect((await requested<AppSettings>(again.page, 'settings:get')).theme).toBe('system');
  });
});

test('a second start shows the first window and hands over its link', async ({ app }) => {
  await startAgain(app, 'cleave://result/2026-01-02-abc');
  await expect.poll(() => app.page.evaluate(() => location.hash)).toContain('2026-01-02-abc');
  expect(app.electron.windows()).toHaveLength(1);
});

test('a menu entry takes the page where it says, also right at the start', async ({ app }) => {
  await app.electron.evaluate(({ Menu }) => {
    (Menu.getApplicationMenu()!.getMenuItemById('settings')!.click as () => void)();
  });
  await expect.poll(() => app.page.evaluate(() => location.hash)).toContain('settings');
  const shortcuts = await app.electron.evaluate(({ Menu }) =>
    ['home', 'history', 'palette', 'settings'].map((id) => Menu.getApplicationMenu()!.getMenuItemById(id)!.accelerator),
  );
  expect(shortcuts).toEqual(['CmdOrCtrl+1', 'CmdOrCtrl+6', 'CmdOrCtrl+K', 'CmdOrCtrl+,']);
});

test('the page comes back after its process dies', async ({ app }) => {
  await app.page.waitForLoadState('load');
  const title = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    // A crashed page never answers, so the question waits until a page is there again.
    const back = new Promise<void>((resolve) => {
      contents.once('render-process-gone', () => void contents.once('did-finish-load', () => resolve()));
    });
    contents.forcefullyCrashRenderer();
    await back;
    return contents.executeJavaScript('document.title') as Promise<string>;
  });
  expect(title).toContain('Cleave');
});

test('the engine host comes back after it dies, and what was asked gets an answer', async ({ app }) => {
  await requested(app.page, 'engine:check');
  const before = await hostPid(app);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => hostPid(app).catch(() => before)).not.toBe(before);
  await expect.poll(async () => (await request(app.page, 'engine:check')).ok).toBe(true);
  expect(await readFile(path.join(app.profile, 'logs', 'main.log'), 'utf8')).toContain('the engine host exited');
});

test('a data folder that cannot be used is refused in words', async ({ shared: app }) => {
  const file = path.join(app.profile, 'a-file');
  await writeFile(file, '');
  await answerOpenDialog(app, path.join(file, 'below'));
  const answer = await request(app.page, 'settings:choose-folder');
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'not-writable', message: expect.stringContaining('may not write') },
  });
});

test.describe('files from outside', () => {
  const hostile: [what: string, content: string, says: RegExp][] = [
    ['not JSON', '<script>alert(1)</script>', /is not JSON/],
    ['wrong types', JSON.stringify({ schema: 'cleave/experiment', version: 1, name: 5 }), /not a usable experiment/],
    ['deep nesting', '['.repeat(200_000), /nested deeper/],
    ['100 MB', ' '.repeat(100 * 2 ** 20), /104\.9 MB/],
  ];
  for (const [what, content, says] of hostile) {
    test(`an experiment file with ${what} is refused and nothing happens`, async ({ shared: app }) => {
      await mkdir(app.saved, { recursive: true });
      const file = path.join(app.saved, 'hostile.cleave');
      await writeFile(file, content);
      await answerOpenDialog(app, file);
      const answer = await request(app.page, 'experiments:import');
      expect(answer).toMatchObject({ ok: false, error: { message: expect.stringMatching(says) } });
      expect(await requested(app.page, 'experiments:list')).toEqual([]);
    });
  }
});

function background({ electron }: RunningApp): Promise<string> {
  return electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!
      .getBackgroundColor()
      .toUpperCase()
      .replace(/^#FF(?=.{6}$)/, '#'),
  );
}

function hostPid({ electron }: RunningApp): Promise<number> {
  return electron.evaluate(({ app }) => {
    const host = app
      .getAppMetrics()
      .find((metric) => metric.name === 'Cleave engine' || metric.serviceName === 'Cleave engine');
    if (host === undefined) throw new Error('the engine host does not run');
    return host.pid;
  });
}
