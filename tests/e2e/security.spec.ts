import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { EngineStatus } from '../../engine/model/index.ts';
import { ShellPage } from './pages/shell-page.ts';
import { request } from './support/bridge.ts';
import { expect, test } from './support/fixture.ts';

test.describe('security', () => {
  test('the page is sandboxed, isolated and sees nothing but the bridge', async ({ shared: app }) => {
    const seen = await app.page.evaluate(() => ({
      node: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      bridge: Object.keys((globalThis as unknown as { cleave: object }).cleave).toSorted(),
      electron: 'electron' in globalThis,
      origin: location.origin,
    }));
    expect(seen).toEqual({
      node: 'undefined',
      require: 'undefined',
      bridge: ['on', 'request'],
      electron: false,
      origin: 'app://cleave',
    });

    const preferences = await app.electron.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = contents.getLastWebPreferences();
      return { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag };
    });
    expect(preferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test('no file of the window makes code out of text', async () => {
    const folder = path.join(import.meta.dirname, '..', '..', 'out', 'renderer', 'assets');
    const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(10);
    const making = /\beval\s*\(|(?<![.\w$])Function\s*\(|\bnew\s+Function\b|=\s*Function\s*[,;}]/;
    for (const name of scripts) expect(making.exec(await readFile(path.join(folder, name), 'utf8')), name).toBeNull();
  });

  test('the content security policy is a header that begins with nothing allowed', async ({ shared: app }) => {
    const policy = await app.page.evaluate(async () =>
      (await fetch(location.href)).headers.get('content-security-policy'),
    );
    expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(policy).not.toContain('unsafe-eval');

    const outcome = await app.page.evaluate(async () => {
      const violations: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'globalThis.injected = true';
      document.body.append(script);
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'reached',
        () => 'refused',
      );
      await new Promise((resolve) => setTimeout(resolve, 0));
      return { violations, fetched, injected: 'injected' in globalThis };
    });
    expect(outcome).toMatchObject({ fetched: 'refused', injected: false });
    expect(outcome.violations).toContain('script-src-elem');
    expect(outcome.violations).toContain('connect-src');
  });

  test('the protocol serves the built page with its policies, and nothing outside it', async ({ shared: app }) => {
    const { served, headers } = await app.page.evaluate(async () => {
      const names = ['/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain%2findex.js', '/%00', '/none.js'];
      const statusOf = (name: string) =>
        fetch(`app://cleave${name}`).then(
          ({ status }) => status,
          () => 'refused',
        );
      const page = await fetch('app://cleave/index.html');
      return { served: await Promise.all(names.map(statusOf)), headers: Object.fromEntries(page.headers) };
    });
    expect(served).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'content-type': 'text/html',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  test('navigation, new windows and webviews are refused', async ({ shared: app }) => {
    const { page, electron } = app;
    const before = page.url();
    const opened = await page.evaluate(() => window.open('https://example.com/') === null);
    expect(opened).toBe(true);
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'file:///etc/passwd';
      link.target = '_blank';
      document.body.append(link);
      link.click();
      document.body.append(document.createElement('webview'));
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
    });
    await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
    expect(page.url()).toBe(before);
    expect(
      await electron.evaluate(({ BrowserWindow, webContents }) => [
        BrowserWindow.getAllWindows().length,
        webContents.getAllWebContents().length,
      ]),
    ).toEqual([1, 1]);
  });

  test('permissions are refused', async ({ shared: app }) => {
    const states = await app.page.evaluate(async () => {
      const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'granted',
        () => 'refused',
      );
      const place = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('refused'),
        ),
      );
      return { media, place, notification: await Notification.requestPermission() };
    });
    expect(states).toEqual({ media: 'refused', place: 'refused', notification: 'denied' });
  });

  test('a frame or page of another origin gets no answer from the bridge', async ({ shared: app }) => {
    const answer = await app.electron.evaluate(async ({ BrowserWindow, app: program }) => {
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: `${program.getAppPath()}/out/preload/index.cjs`,
          sandbox: true,
          contextIsolation: true,
        },
      });
      await foreign.loadURL('data:text/html,<p>foreign</p>');
      const answer: unknown = await foreign.webContents.executeJavaScript('window.cleave.request("settings:get")');
      foreign.destroy();
      return answer;
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'foreign-sender' } });
  });

  test('wrong, oversized and deep arguments come back as one sentence without a stack', async ({ shared: app }) => {
    const { page } = app;
    const wrong = await request(page, 'results:get', '../../etc/passwd');
    expect(wrong).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
    expect(await request(page, 'results:get')).toMatchObject({ ok: false, error: { code: 'bad-arguments' } });
    expect(await request(page, 'constructor')).toMatchObject({ ok: false, error: { code: 'unknown-request' } });
    expect(await request(page, 'results:tag', 'abc', ['x'.repeat(30_000_000)])).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    });
    const deep = await page.evaluate(() => {
      let value: unknown = 1;
      for (let depth = 0; depth < 200; depth += 1) value = [value];
      return (
        window as unknown as { cleave: { request(name: string, value: unknown): Promise<unknown> } }
      ).cleave.request('settings:set', value);
    });
    expect(deep).toMatchObject({ ok: false, error: { code: 'too-large' } });
    for (const envelope of [wrong]) expect(JSON.stringify(envelope)).not.toMatch(/\bat .*:\d+|node_modules|\/out\//);

    const theme = await request(page, 'settings:set', { theme: 'pink' });
    expect(theme).toMatchObject({ ok: false, error: { message: expect.stringContaining('theme') } });
    expect(await request(page, 'settings:get')).toMatchObject({ ok: true, value: { theme: 'system' } });
  });

  test('the window may not name a data folder of its own', async ({ shared: app }) => {
    const settings = await request<Record<string, unknown>>(app.page, 'settings:get');
    if (!settings.ok) throw new Error(settings.error.message);
    const answer = await request(app.page, 'settings:set', { ...settings.value, dataFolder: '/tmp/elsewhere' });
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining('dataFolder') } });
  });
});

test('without an engine the status says so and what to do', async ({ app }) => {
  await expect.poll(async () => (await request<EngineStatus>(app.page, 'engine:status')).ok).toBe(true);
  const answer = await request<EngineStatus>(app.page, 'engine:check');
  if (!answer.ok) throw new Error(answer.error.message);
  expect(['missing', 'stopped']).toContain(answer.value.state);
  expect(answer.value.problem).toBeTruthy();
  expect(answer.value.nextStep).toBeTruthy();

  const shell = new ShellPage(app.page);
  await expect(shell.engineProblem).toBeVisible();
  await shell.engineProblem.getByRole('button', { name: 'Hide this note' }).click();
  await expect(shell.engineProblem).toBeHidden();
  await expect(shell.engine).toHaveAccessibleName(/not running|No container engine/);
});
