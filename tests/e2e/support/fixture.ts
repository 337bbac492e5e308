import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { scriptedRoot } from './scripted-app.ts';

const loader = path.join(
  path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib',
  'server',
  'electron',
  'loader.js',
);
const root = path.resolve(import.meta.dirname, '..', '..', '..');

/** A running program with a profile and a data folder of its own. */
export interface RunningApp {
  electron: ElectronApplication;
  page: Page;
  profile: string;
  data: string;
  /** Where the save dialogs of this test put files. */
  saved: string;
  /** Ends it and starts it again with the same folders. */
  restart(options?: LaunchOptions): Promise<RunningApp>;
  /** What the page wrote to its console as errors, and what it threw. */
  errors: string[];
}

export interface LaunchOptions {
  environment?: Record<string, string>;
  args?: string[];
  /** On a scripted engine host, on which a run takes seconds and starts nothing. */
  scripted?: boolean;
  /** How many times faster than real time a run on the scripted host goes: slow enough to do something to it, which is what is meant if not given. */
  speed?: number;
  /** How many blocks a run on the scripted host has at most; as many as planned if not given. */
  blocks?: number;
}

/** For runs that are only waited for. */
export const asFastAsCanBe = 1000;

/** An address at which no engine answers. */
export const noEngine = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

interface Fixtures {
  launch: (options?: LaunchOptions) => Promise<RunningApp>;
  /** The program, started with no container engine in reach. */
  app: RunningApp;
  /** One for all tests of a worker that only ask it and are refused: whoever changes settings, results or files that it keeps wants `app`. */
  shared: RunningApp;
  /** The same as `app`, on a scripted engine host. */
  scripted: RunningApp;
}

export const test = base.extend<Fixtures, { startedOnce: RunningApp }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the wanted fixtures off the pattern
  launch: async ({}, use) => withFolder(use),
  startedOnce: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => withFolder(async (launch) => use(await launch({ environment: noEngine }))),
    { scope: 'worker' },
  ],
  shared: async ({ startedOnce }, use) => {
    await use(startedOnce);
    // Whatever a test put into the page goes with it.
    await startedOnce.page.reload();
  },
  app: async ({ launch }, use) => {
    await use(await launch({ environment: noEngine }));
  },
  scripted: async ({ launch }, use) => {
    await use(await launch({ environment: noEngine, scripted: true }));
  },
});

/** Hands out what starts programs in a folder of their own, and ends them and takes it away afterwards. */
async function withFolder(use: (launch: Fixtures['launch']) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-e2e-'));
  const started: ElectronApplication[] = [];
  await use((options = {}) => start(folder, started, options));
  for (const electron of started) await end(electron);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Ends a program as a person would who does not care for what it runs. */
async function end(electron: ElectronApplication): Promise<void> {
  await electron
    .evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
    })
    .then(() => electron.close())
    // It has ended already.
    .catch(() => undefined);
}

export { expect } from '@playwright/test';

/** Starts the program a second time with the same profile, which hands `args` over to the first and ends. */
export async function startAgain({ profile }: RunningApp, ...args: string[]): Promise<void> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  await promisify(execFile)(
    process.env['CLEAVE_ELECTRON'] ?? '',
    [root, `--user-data-dir=${profile}`, '--disable-gpu', ...sandbox, ...args],
    { timeout: 30_000 },
  );
}

async function start(folder: string, started: ElectronApplication[], options: LaunchOptions): Promise<RunningApp> {
  const executablePath = process.env['CLEAVE_ELECTRON'];
  if (executablePath === undefined) throw new Error('CLEAVE_ELECTRON names no Electron; run npm run test:e2e');
  const profile = path.join(folder, 'profile');
  const data = path.join(folder, 'data');
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const electron = await _electron.launch({
    executablePath,
    // Holds the program back until Playwright listens; it does so by itself only for the Electron it finds itself.
    args: [
      '-r',
      loader,
      options.scripted === true ? scriptedRoot : root,
      `--user-data-dir=${profile}`,
      '--disable-gpu',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.args ?? []),
    ],
    env: {
      ...Object.fromEntries(inherited),
      CLEAVE_DATA_DIR: data,
      ...(options.speed === undefined ? {} : { CLEAVE_TEST_SPEED: String(options.speed) }),
      ...(options.blocks === undefined ? {} : { CLEAVE_TEST_BLOCKS: String(options.blocks) }),
      ...options.environment,
    },
    // The system's own, not one that Playwright pretends.
    colorScheme: null,
    timeout: 60_000,
  });
  started.push(electron);
  const page = await electron.firstWindow({ timeout: 60_000 });
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.waitForLoadState('domcontentloaded');
  return {
    electron,
    page,
    profile,
    data,
    saved: path.join(folder, 'saved'),
    errors,
    restart: async (again = options) => {
      await electron.close();
      return start(folder, started, again);
    },
  };
}
