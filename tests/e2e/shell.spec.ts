import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import type { AppSettings, Experiment, RunSnapshot } from '../../engine/model/index.ts';
import { smokeResult } from '../../report/testing/index.ts';
import { HomePage } from './pages/home-page.ts';
import { RunPage } from './pages/run-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { request, requested } from './support/bridge.ts';
import { answerOpenDialog, answerQuestions } from './support/dialogs.ts';
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

test('files are opened however they come: at the start, as URLs, several at once, dropped, again, and refused in a dialog', async ({
  launch,
}) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cleave opened '));
  const file = (name: string) => path.join(folder, name);
  const { experiment } = smokeResult();
  await writeFile(file('first.cleave'), JSON.stringify({ ...experiment, name: 'first', title: 'First' }));
  await writeFile(file('50 %.yaml'), stringify({ ...experiment, name: 'second', title: 'Second' }));
  await writeFile(file('third.cleave-result'), JSON.stringify(smokeResult()));
  await writeFile(file('broken.cleave'), '{');
  await writeFile(file('fourth.json'), JSON.stringify({ ...experiment, name: 'fourth', title: 'Fourth' }));
  const app = await launch({ environment: noEngine, scripted: true, args: [file('first.cleave')] });
  const hash = () => app.page.evaluate(() => location.hash);
  const names = async () => (await requested<Experiment[]>(app.page, 'experiments:list')).map((one) => one.name);
  await expect(new ShellPage(app.page).heading('First')).toBeVisible();

  // During a run, too.
  await new ShellPage(app.page).goTo('Scenarios');
  await new HomePage(app.page).launch(/^Launch Smoke/);
  await new RunPage(app.page).measuring();
  const refused = await answerQuestions(app, 0);
  await startAgain(app, pathToFileURL(file('50 %.yaml')).href, file('broken.cleave'), file('third.cleave-result'));
  await expect.poll(hash).toContain(smokeResult().id);
  await expect.poll(refused).toEqual(['broken.cleave could not be opened.']);
  await startAgain(app, file('50 %.yaml'));
  await expect(new ShellPage(app.page).heading('Second')).toBeVisible();
  expect(await names()).toEqual(['first', 'second']);

  const session = await app.page.context().newCDPSession(app.page);
  const data = { items: [], files: [file('fourth.json')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await expect(new ShellPage(app.page).heading('Fourth')).toBeVisible();
  expect(await names()).toEqual(['first', 'fourth', 'second']);
  expect((await requested<RunSnapshot>(app.page, 'run:snapshot')).active).toBe(true);
  const processes = await app.electron.evaluate(({ app: program }) => program.getAppMetrics().map((one) => one.name));
  expect(processes).toContain('Cleave reader');
  const recent = await app.electron.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()!
      .getMenuItemById('open-recent')!
      .submenu!.items.map((item) => item.label),
  );
  expect(recent.slice(0, 4)).toEqual(['fourth.json', '50 %.yaml', 'third.cleave-result', 'first.cleave']);
  await rm(folder, { recursive: true });
});

test('lists are read again, each once, when somebody comes back to the window', async ({ app: { page, electron } }) => {
  // Said and there once the lists are.
  await expect(page.getByText('New here? Start with the three steps.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Launch / }).first()).toBeVisible();
  const askedBy = await electron.evaluateHandle(({ ipcMain }) => {
    const { _invokeHandlers: handlers } = ipcMain as unknown as {
      _invokeHandlers: Map<string, (event: unknown, name: string, args: unknown[]) => unknown>;
    };
    const answer = handlers.get('cleave:request')!;
    const asked: string[] = [];
    handlers.set('cleave:request', (event, name, args) => {
      asked.push(name);
      return answer(event, name, args);
    });
    return asked;
  });
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  // Asked after them, so that it is heard of after them.
  await requested(page, 'app:info');
  const asked = await askedBy.evaluate((names) => names.filter((name) => name.endsWith(':list')));
  expect(asked).toContain('results:list');
  expect(asked).toEqual([...new Set(asked)]);
});

test('what the first page is made of has no schemas, which take longer to build than all else at its load', async () => {
  const folder = path.join(import.meta.dirname, '..', '..', 'out', 'renderer');
  const page = await readFile(path.join(folder, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, name]) => name ?? '');
  expect(scripts).not.toEqual([]);
  for (const name of scripts) expect(await readFile(path.join(folder, name), 'utf8'), name).not.toContain('ZodError');
});

test('every part of the component library that the window uses has its styles, and no other', async () => {
  const root = path.join(import.meta.dirname, '..', '..');
  const folder = path.join(root, 'out', 'renderer', 'assets');
  const library = path.join(root, 'node_modules', '@mantine', 'core', 'styles');
  const textOf = async (ending: string) => {
    const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
    return (await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))).join('\n');
  };
  const [scripts, styles] = await Promise.all([textOf('.js'), textOf('.css')]);
  for (const name of (await readdir(library)).filter((file) => /^[^.]+\.css$/.test(file))) {
    const classes = (await readFile(path.join(library, name), 'utf8')).match(/\bm_[0-9a-f]+\b/g) ?? [];
    const isUsed = classes.some((one) => scripts.includes(one));
    expect(
      classes.some((one) => styles.includes(one)),
      name,
    ).toBe(isUsed);
  }
});

test('a menu entry takes the page where it says, also right at the start', async ({ app }) => {
  await app.electron.evaluate(({ Menu }) => {
    (Menu.getApplicationMenu()!.getMenuItemById('settings')!.click as () => void)();
  });
  await expect.poll(() => app.page.evaluate(() => location.hash)).toContain('settings');
  // The page that has gone elsewhere by itself still listens.
  await new ShellPage(app.page).goTo('Experiments');
  await app.electron.evaluate(({ Menu }) => {
    (Menu.getApplicationMenu()!.getMenuItemById('history')!.click as () => void)();
  });
  await expect.poll(() => app.page.evaluate(() => location.hash)).toContain('history');
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

test('the engine host comes back after it dies, what was asked gets an answer; an error in the main process ends it', async ({
  app,
}) => {
  await requested(app.page, 'engine:check');
  const before = await hostPid(app);
  process.kill(before, 'SIGKILL');
  await expect.poll(() => hostPid(app).catch(() => before)).not.toBe(before);
  await expect.poll(async () => (await request(app.page, 'engine:check')).ok).toBe(true);
  const log = () => readFile(path.join(app.profile, 'logs', 'main.log'), 'utf8');
  expect(await log()).toContain('the engine host exited');

  // What nobody expected in the main process is said, and ends the program.
  const ended = new Promise((resolve) => void app.electron.process().once('exit', resolve));
  await app.electron.evaluate(({ dialog }) => {
    dialog.showErrorBox = (title) => console.error(title);
    setTimeout(() => {
      throw new Error('unforeseen');
    }, 0);
  });
  expect(await ended).toBe(70);
  expect(await log()).toContain('uncaught: Error: unforeseen');
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
