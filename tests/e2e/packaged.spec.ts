import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import type { ResultSummary } from '../../engine/model/index.ts';
import { HomePage } from './pages/home-page.ts';
import { RunPage } from './pages/run-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { requested } from './support/bridge.ts';
import { expect, noEngine, test } from './support/fixture.ts';
import { startPackaged, type PackagedApp } from './support/packaged.ts';

// The bytes in the program's fuse wire.
const FuseState = { DISABLE: 0x30, ENABLE: 0x31 };
const root = path.resolve(import.meta.dirname, '..', '..');
const folder = path.join(root, 'release', 'linux-unpacked');
const program = path.join(folder, 'cleave');

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
      const app = await startPackaged(program, own, noEngine);
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
