import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ResultSummary, RunSnapshot } from '../../engine/model/index.ts';
import { findAnsweringEngine } from '../../scripts/docker-engine/find.ts';
import { engineProxy } from '../support/cli/engine-proxy.ts';
import { HomePage } from './pages/home-page.ts';
import { RunPage } from './pages/run-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { requested } from './support/bridge.ts';
import { expect, test } from './support/fixture.ts';

test.describe.configure({ timeout: 420_000 });

test(
  'an engine that dies mid-run: said with what to do, nothing lost, and all is well again when it is back',
  { tag: '@wide' },
  async ({ launch }) => {
    const dockerHost = await findAnsweringEngine('unix:///var/run/docker.sock');
    test.skip(dockerHost === undefined && !process.env['CI'], 'no container engine answers here');
    // Not the test's own folder: the path of a socket must be short.
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-engine-lost-'));
    const socket = path.join(folder, 'engine.sock');
    const proxy = await engineProxy(dockerHost ?? '', socket);
    const deadFile = path.join(folder, 'dead');
    const { page } = await launch({
      environment: { DOCKER_HOST: proxy.address, CLEAVE_TEST_ENGINE_DEAD: deadFile },
      scripted: true,
      speed: 8,
    });
    const shell = new ShellPage(page);
    const run = new RunPage(page);
    await expect(shell.engine).toHaveAccessibleName(/Docker|Podman/);
    await new HomePage(page).launch(/^Launch Quick/);
    await run.measuring();
    await expect
      .poll(async () => (await requested<RunSnapshot>(page, 'run:snapshot')).events.some(isRoundEnd), {
        timeout: 180_000,
      })
      .toBe(true);
    const { runId } = await requested<RunSnapshot>(page, 'run:snapshot');

    writeFileSync(deadFile, '');
    proxy.die();
    await expect(run.now).toContainText(/engine does not answer.*try again/i, { timeout: 120_000 });
    await expect(shell.engineProblem).toBeVisible({ timeout: 60_000 });
    const [kept] = await requested<ResultSummary[]>(page, 'results:list');
    expect(kept).toMatchObject({ id: runId, status: 'failed' });

    rmSync(deadFile);
    const back = await engineProxy(dockerHost ?? '', socket);
    await expect(shell.engineProblem).toBeHidden({ timeout: 60_000 });
    await shell.goTo('Scenarios');
    await new HomePage(page).launch(/^Launch Smoke/);
    await run.measuring();
    await run.cancel();
    await expect(page.getByRole('button', { name: /Read the result|Choose a scenario/ })).toBeVisible({
      timeout: 60_000,
    });
    back.close();
    rmSync(folder, { recursive: true, force: true });
  },
);

const isRoundEnd = (event: RunSnapshot['events'][number]): boolean => event.type === 'round-ended';
