import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { link, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { createPackage, extractAll, extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { ResultSummary } from '../../engine/model/index.ts';
import { HomePage } from './pages/home-page.ts';
import { RunPage } from './pages/run-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { request, requested } from './support/bridge.ts';
import { expect, noEngine, test } from './support/fixture.ts';
import { startPackaged, type PackagedApp } from './support/packaged.ts';

// The bytes in the program's fuse wire.
const FuseState = { DISABLE: 0x30, ENABLE: 0x31 };
const root = path.resolve(import.meta.dirname, '..', '..');
const folder = path.join(root, 'release', 'linux-unpacked');
const program = path.join(folder, 'cleave');
const drivenFolder = path.join(root, 'release', 'linux-driven');

/** Puts a copy beside the package whose archive says that tests drive it; the released one refuses that. */
async function makeDrivable(): Promise<void> {
  await rm(drivenFolder, { recursive: true, force: true });
  await promisify(execFile)('cp', ['-al', folder, drivenFolder]);
  const archive = path.join(drivenFolder, 'resources', 'app.asar');
  const content = path.join(drivenFolder, 'content');
  extractAll(archive, content);
  const about = path.join(content, 'package.json');
  const text = await readFile(about, 'utf8');
  await writeFile(about, JSON.stringify({ ...(JSON.parse(text) as object), drivenByTests: true }));
  await rm(archive);
  await createPackage(content, archive);
  await rm(content, { recursive: true });
}

test.describe('the packaged program', { tag: '@wide' }, () => {
  // Packaged once, and driven by one worker.
  test.describe.configure({ mode: 'serial' });
  test.skip(process.platform !== 'linux', 'the unpacked Linux program is what npm run package makes here');
  // Packaged anew, so that what is driven is what the sources say.
  test.beforeAll(async () => {
    test.setTimeout(600_000);
    await promisify(execFile)(process.execPath, [path.join(root, 'scripts', 'package.ts')], {
      cwd: root,
      maxBuffer: 2 ** 26,
    });
    await makeDrivable();
  });
  test.afterAll(() => rm(drivenFolder, { recursive: true, force: true }));

  test('refuses to be looked into', async () => {
    const own = await mkdtemp(path.join(os.tmpdir(), 'cleave-packaged-'));
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const refused = promisify(execFile)(
      program,
      [`--user-data-dir=${own}`, '--disable-gpu', '--remote-debugging-port=0', ...sandbox],
      { timeout: 60_000 },
    );
    await expect(refused).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cleave: --remote-debugging-port is refused'),
    });
    expect(existsSync(path.join(own, 'DevToolsActivePort'))).toBe(false);
    await rm(own, { recursive: true, force: true });
  });

  test('has the fuses of a released program', async () => {
    const wire = await getCurrentFuseWire(program);
    expect(wire[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
    expect(wire[FuseV1Options.EnableCookieEncryption]).toBe(FuseState.ENABLE);
    expect(wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(FuseState.DISABLE);
    expect(wire[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.DISABLE);
    expect(wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(FuseState.ENABLE);
    expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
    expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(FuseState.DISABLE);
  });

  test('holds the program and nothing else in its archive', () => {
    const archive = path.join(folder, 'resources', 'app.asar');
    const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
    expect(files).toContain('/out/main/index.js');
    expect(files).toContain('/out/host/index.js');
    expect(
      files.filter((file) => file.startsWith('/node_modules') || file.endsWith('.map') || file.endsWith('.ts')),
    ).toEqual([]);
    expect(JSON.parse(extractFile(archive, 'package.json').toString())).toMatchObject({ main: 'out/main/index.js' });
    expect(existsSync(path.join(folder, 'resources', 'default_app.asar'))).toBe(false);
  });

  /** Starts it with folders of its own, lets `use` drive it, and quits it. */
  async function driven(use: (app: PackagedApp) => Promise<void>): Promise<void> {
    const own = await mkdtemp(path.join(os.tmpdir(), 'cleave-packaged-'));
    try {
      const app = await startPackaged(path.join(drivenFolder, 'cleave'), own, noEngine);
      expect(app.page.url()).toMatch(/^app:\/\/cleave\//);
      await use(app);
      await app.close();
      expect(app.process.exitCode).toBe(0);
    } finally {
      await rm(own, { recursive: true, force: true, maxRetries: 5 });
    }
  }

  test('starts for the first time, measures with what it was packaged with, and quits', async () => {
    test.setTimeout(240_000);
    await driven(async ({ page }) => {
      const run = new RunPage(page);
      await new HomePage(page).launch(/^Launch Smoke/);
      await run.measuring();
      await run.cancel();
      await expect(page.getByRole('button', { name: /Read the result|Choose a scenario/ })).toBeVisible({
        timeout: 60_000,
      });
    });
  });

  test('starts nothing that is not as it was packaged', async () => {
    const agent = path.join(drivenFolder, 'resources', 'lab', 'agent.mjs');
    // Another file in its place: the copy shares its files with the package.
    await rm(agent);
    await writeFile(agent, 'process.exit()');
    await driven(async ({ page }) => {
      expect(await request(page, 'applications:list')).toMatchObject({
        ok: false,
        error: { code: 'lab-changed', message: expect.stringContaining('lab/agent.mjs is changed') },
      });
    });
    await rm(agent);
    await link(path.join(folder, 'resources', 'lab', 'agent.mjs'), agent);
  });

  test('runs the smoke scenario to a result', { tag: '@full' }, async () => {
    test.setTimeout(420_000);
    await driven(async ({ page }) => {
      await new HomePage(page).launch(/^Launch Smoke/);
      await new RunPage(page).finished();
      expect(await requested<ResultSummary[]>(page, 'results:list')).toMatchObject([
        { status: 'completed', runtime: 'process' },
      ]);
      await new ShellPage(page).goTo('History');
      await expect(page.getByRole('main').getByRole('link', { name: /^Open / })).toHaveCount(1);
    });
  });
});
