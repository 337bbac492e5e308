import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';

const startLimitMs = 60_000;

/** The packaged program, driven from outside: its fuses keep debuggers out of its main process. */
export interface PackagedApp {
  page: Page;
  process: ChildProcess;
  close(): Promise<void>;
}

/** Starts the packaged program with folders of its own and connects to its page. */
export async function startPackaged(
  program: string,
  folder: string,
  environment: Record<string, string>,
): Promise<PackagedApp> {
  const profile = path.join(folder, 'profile');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    program,
    [`--user-data-dir=${profile}`, '--disable-gpu', '--remote-debugging-port=0', ...sandbox],
    {
      stdio: 'ignore',
      env: { ...process.env, ...environment, CLEAVE_DATA_DIR: path.join(folder, 'data') },
    },
  );
  const browser = await connect(path.join(profile, 'DevToolsActivePort'), child);
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('the program shows no window');
  const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: startLimitMs }));
  await page.waitForLoadState('domcontentloaded');
  return {
    page,
    process: child,
    close: async () => {
      await browser.close().catch(() => undefined);
      if (child.exitCode !== null) return;
      const exited = new Promise((resolve) => void child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function showsPage(port: string): Promise<boolean> {
  const targets = await fetch(`http://127.0.0.1:${port}/json/list`)
    .then((answer) => answer.json() as Promise<{ type: string; url: string; title: string }[]>)
    .catch(() => []);
  return targets.some(
    (target) => target.type === 'page' && target.url.startsWith('app://') && target.title.includes('–'),
  );
}

async function connect(portFile: string, child: ChildProcess): Promise<Browser> {
  const until = Date.now() + startLimitMs;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the program ended with code ${child.exitCode}`);
    const port = (await readFile(portFile, 'utf8').catch(() => '')).split('\n')[0];
    // Before it shows its page a driver would wait for answers from a window that is still being made.
    if (port !== undefined && port !== '' && (await showsPage(port))) {
      return chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: startLimitMs });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the program opened no port for its driver');
}
