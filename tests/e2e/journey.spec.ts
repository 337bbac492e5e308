import { readFile } from 'node:fs/promises';
import { resultSchema, type Result, type ResultSummary, type RunSnapshot } from '../../engine/model/index.ts';
import { findAnsweringEngine } from '../../scripts/docker-engine/find.ts';
import { HistoryPage } from './pages/history-page.ts';
import { HomePage } from './pages/home-page.ts';
import { ResultPage } from './pages/result-page.ts';
import { RunPage } from './pages/run-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { TopologiesPage } from './pages/topologies-page.ts';
import { requested } from './support/bridge.ts';
import { answerQuestions, countNotifications } from './support/dialogs.ts';
import { asFastAsCanBe, expect, noEngine, startAgain, test, type RunningApp } from './support/fixture.ts';
import { leftOvers } from './support/left-overs.ts';

// Real units under real load: minutes on a busy machine, not seconds.
test.describe.configure({ timeout: 420_000 });

for (const [host, scripted] of [
  ['a scripted engine host', true],
  ['processes', false],
] as const)
  test(
    `first start: three clicks and no typing lead to a first result, without an engine, on ${host}`,
    scripted ? {} : { tag: '@wide' },
    async ({ launch }) => {
      const app = await launch({ environment: noEngine, scripted, ...(scripted ? { speed: asFastAsCanBe } : {}) });
      const { page } = app;
      const shell = new ShellPage(page);
      await expect(shell.engineProblem).toBeVisible();
      await expect(shell.engineProblem).toContainText(/processes/);
      const run = new RunPage(page);
      await new HomePage(page).launch(/^Launch Smoke/);
      await run.finished();
      await resultIsKept(app);
    },
  );

/** The result of the run that has just ended can be read, is in the history, is there after a restart, and nothing of the run is left. */
async function resultIsKept(app: RunningApp): Promise<void> {
  const { page } = app;
  await new RunPage(page).readResult.click();
  await expect(new ResultPage(page).title).not.toBeEmpty();
  await expect(page.getByRole('main')).toContainText(/monolith/i);

  const [summary] = await requested<ResultSummary[]>(page, 'results:list');
  expect(summary).toMatchObject({ status: 'completed', runtime: 'process' });
  await new ShellPage(page).goTo('History');
  await expect(new HistoryPage(page).results).toHaveCount(1);
  expect(await leftOvers(app)).toEqual([]);

  const again = await app.restart();
  await new ShellPage(again.page).goTo('History');
  await expect(new HistoryPage(again.page).results).toHaveCount(1);
  expect(again.errors).toEqual([]);
}

test('the same scenario runs on Docker', { tag: '@full' }, async ({ launch }) => {
  const dockerHost = await findAnsweringEngine('unix:///var/run/docker.sock');
  test.skip(dockerHost === undefined && !process.env['CI'], 'no container engine answers here');
  const { page } = await launch({ environment: { DOCKER_HOST: dockerHost ?? '' } });
  await expect(new ShellPage(page).engine).toHaveAccessibleName(/Docker|Podman/);
  const run = new RunPage(page);
  await new HomePage(page).launch(/^Launch Smoke/);
  await run.finished();
  const [summary] = await requested<ResultSummary[]>(page, 'results:list');
  expect(summary).toMatchObject({ status: 'completed', runtime: 'docker' });
});

test('cancel stops the run, says what it undoes, keeps what finished and leaves nothing running', async ({
  scripted: app,
}) => {
  const { page } = app;
  const run = new RunPage(page);
  await new HomePage(page).launch(/^Launch Smoke/);
  await run.measuring();
  await run.cancel();
  await expect(page.getByRole('button', { name: /Read the result|Choose a scenario/ })).toBeVisible({
    timeout: 60_000,
  });
  const snapshot = await requested<RunSnapshot>(page, 'run:snapshot');
  expect(snapshot.active).toBe(false);
  expect(snapshot.events.some((event) => event.type === 'cancelling')).toBe(true);
  expect(snapshot.events.at(-1)).toMatchObject({ type: 'run-ended', outcome: 'cancelled' });
  expect(await requested<ResultSummary[]>(page, 'results:list')).toMatchObject([{ status: 'cancelled' }]);
  expect(await leftOvers(app)).toEqual([]);
});

test('nothing moves by itself on the live page, where every frame may be drawn by the processors that are measured', async ({
  scripted: { page },
}) => {
  const run = new RunPage(page);
  await new HomePage(page).launch(/^Launch Smoke/);
  await run.measuring();
  await expect(page.getByRole('img', { name: 'running', exact: true }).first()).toBeVisible();
  await expect(page.getByRole('img', { name: 'a run is active' })).toBeVisible();
  const moving = await page.evaluate(async () => {
    const found = new Set<string>();
    const now = document.querySelector('section[aria-label="Now"]');
    // Frames enough for the seconds in it to have gone on.
    for (let frame = 0; frame < 100; frame += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      for (const { effect } of document.getAnimations()) {
        const target = effect instanceof KeyframeEffect ? effect.target : null;
        const endless = effect?.getComputedTiming().iterations === Infinity;
        if (endless || now?.contains(target) === true) found.add(target?.outerHTML.slice(0, 200) ?? '');
      }
    }
    return [...found];
  });
  expect(moving).toEqual([]);
});

test('a reload of the window during a run loses nothing', { tag: '@wide' }, async ({ launch }) => {
  const app = await launch({ environment: noEngine, scripted: true, speed: 8 });
  const { page } = app;
  const run = new RunPage(page);
  await new HomePage(page).launch(/^Launch Smoke/);
  await run.measuring();
  const before = await requested<RunSnapshot>(page, 'run:snapshot');
  await page.reload();
  await expect(run.now).toBeVisible();
  const after = await requested<RunSnapshot>(page, 'run:snapshot');
  expect(after.runId).toBe(before.runId);
  expect(after.events.length).toBeGreaterThanOrEqual(before.events.length);

  // In the background it goes on to its end, which is said.
  const notified = await countNotifications(app);
  await answerQuestions(app, 0);
  await app.electron.evaluate(({ app: program }) => program.quit());
  await expect.poll(notified, { timeout: 60_000 }).toBe(1);
  await startAgain(app);
  await run.finished();
});

test('a page that crashes during a run comes back to it, and the run goes on', async ({ scripted: app }) => {
  const run = new RunPage(app.page);
  await new HomePage(app.page).launch(/^Launch Smoke/);
  await run.measuring();
  const seen = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents;
    const back = new Promise<void>((resolve) => {
      contents.once('render-process-gone', () => void contents.once('did-finish-load', () => resolve()));
    });
    contents.forcefullyCrashRenderer();
    await back;
    // A crashed page is lost to the driver, so main looks at the new one.
    return contents.executeJavaScript(`new Promise((resolve) => {
      const look = async () => {
        const now = document.querySelector('section[aria-label="Now"]');
        const { value } = await window.cleave.request('run:snapshot');
        if (now === null) requestAnimationFrame(look);
        else resolve({ text: now.textContent, active: value.active, events: value.events.length });
      };
      void look();
    })`) as Promise<{ text: string; active: boolean; events: number }>;
  });
  expect(seen.active).toBe(true);
  expect(seen.events).toBeGreaterThan(0);
  expect(seen.text).not.toBe('');
});

test(
  'an engine host that dies in a run leaves the run listed as interrupted',
  { tag: '@wide' },
  async ({ scripted: app }) => {
    const { page } = app;
    const run = new RunPage(page);
    await new HomePage(page).launch(/^Launch Smoke/);
    await run.measuring();
    const pid = await app.electron.evaluate(
      ({ app: program }) => program.getAppMetrics().find((metric) => metric.name === 'Cleave engine')!.pid,
    );
    process.kill(pid, 'SIGKILL');
    await expect(run.now).toContainText(/stopped unexpectedly/);
    await expect
      .poll(
        async () => (await requested<ResultSummary[]>(page, 'results:list').catch(() => [])).map((one) => one.status),
        { timeout: 30_000 },
      )
      .toEqual(['interrupted']);
    await expect.poll(() => leftOvers(app), { timeout: 30_000 }).toEqual([]);
  },
);

test('a module dragged into another unit makes a cut that runs', { tag: '@wide' }, async ({ scripted: app }) => {
  const { page } = app;
  const shell = new ShellPage(page);
  const topologies = new TopologiesPage(page);
  await shell.goTo('Cuts');
  await topologies.open('microservices');
  const units = topologies.page.getByRole('group', { name: /^Unit / });
  const count = await units.count();
  await topologies.drag('recommendations', 'catalog');
  await expect(topologies.unit('catalog')).toContainText('recommendations');
  await expect(units).toHaveCount(count - 1);
  await topologies.saveAs('catalog-with-advice');
  await topologies.pick('monolith');
  await topologies.pick('catalog-with-advice');
  await page.getByRole('button', { name: /^Compare picked/ }).click();
  await page
    .getByRole('button', { name: /^(Run|Launch|Start)/ })
    .first()
    .click();
  const run = new RunPage(page);
  await run.measuring();
  const snapshot = await requested<RunSnapshot>(page, 'run:snapshot');
  const started = snapshot.events.find((event) => event.type === 'run-started');
  const cut = started?.experiment.variants.find((variant) => variant.name === 'catalog-with-advice');
  expect(cut?.topology.units.find((unit) => unit.name === 'catalog')?.modules).toContain('recommendations');
  await run.cancel();
  await expect(page.getByRole('button', { name: /Read the result|Choose a scenario/ })).toBeVisible({
    timeout: 60_000,
  });
});

test('explore: deploy a cut, open its address, break a module, stop', async ({ app }) => {
  const { page } = app;
  await new ShellPage(page).goTo('Explore');
  await page.getByRole('button', { name: 'Start macroservices', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Open in browser' })).toBeEnabled({ timeout: 120_000 });
  const { url } = await requested<{ url: string }>(page, 'explore:state');
  expect(new URL(url).hostname).toBe('127.0.0.1');
  expect((await fetch(url)).status).toBeLessThan(500);
  const { id } = await requested<{ id: string }>(page, 'explore:inject', {
    kind: 'slow',
    module: 'recommendations',
    delayMs: 200,
  });
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeVisible();
  await requested(page, 'explore:undo', id);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Start macroservices', exact: true })).toBeVisible({ timeout: 60_000 });
  expect(await leftOvers(app)).toEqual([]);
});

test('who closes the window or quits during a run is asked, and gets what was answered', async ({ launch }) => {
  const app = await launch({ environment: noEngine, scripted: true });
  const run = new RunPage(app.page);
  await new HomePage(app.page).launch(/^Launch Smoke/);
  await run.measuring();
  const isVisible = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible());
  const isActive = async () => (await requested<RunSnapshot>(app.page, 'run:snapshot')).active;
  const quit = () => app.electron.evaluate(({ app: program }) => program.quit());
  const close = () => app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());

  await test.step('back: nothing happens', async () => {
    for (const leave of [quit, close]) {
      const asked = await answerQuestions(app, 2);
      await leave();
      await expect.poll(asked).toEqual(['An experiment is running.']);
      expect([await isVisible(), await isActive()]).toEqual([true, true]);
    }
  });

  await test.step('keep running: the window goes, the run goes on, and starting again shows it', async () => {
    for (const leave of [quit, close]) {
      await answerQuestions(app, 0);
      await leave();
      await expect.poll(isVisible).toBe(false);
      expect(await isActive()).toBe(true);
      await startAgain(app);
      await expect.poll(isVisible).toBe(true);
    }
  });

  await test.step('cancel: it is undone, cleaned up, and keeps what finished', async () => {
    const exited = new Promise((resolve) => void app.electron.process().once('exit', resolve));
    await answerQuestions(app, 1);
    await quit();
    await exited;
    expect(await leftOvers(app)).toEqual([]);
    const again = await launch({ environment: noEngine, scripted: true });
    const [summary] = await requested<ResultSummary[]>(again.page, 'results:list');
    expect(summary).toMatchObject({ status: 'cancelled' });
  });
});

test('the result of a run is a file that the schema knows', { tag: '@wide' }, async ({ launch }) => {
  const app = await launch({ environment: noEngine, scripted: true, speed: asFastAsCanBe });
  const { page } = app;
  const run = new RunPage(page);
  await new HomePage(page).launch(/^Launch Smoke/);
  await run.finished();
  await run.readResult.click();
  const file = await new ResultPage(page).exportAs(app, 'json');
  const result = resultSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  expect(result.rounds.length).toBeGreaterThan(0);
  expect(result.rounds.every((round) => round.latency !== null)).toBe(true);
});

test(
  'what the plan of a result has left is measured, and its blocks are kept',
  { tag: '@full' },
  async ({ launch }) => {
    const app = await launch({ environment: noEngine, scripted: true, speed: asFastAsCanBe });
    const { page } = app;
    const run = new RunPage(page);
    await new HomePage(page).launch(/^Launch Quick/);
    await run.finished();
    await run.readResult.click();
    await page.getByRole('button', { name: 'Measure more' }).click();
    await run.finished();
    const both = await Promise.all(
      (await requested<ResultSummary[]>(page, 'results:list')).map(({ id }) =>
        requested<Result>(page, 'results:get', id),
      ),
    );
    const [first, second] = both.toSorted((a, b) => a.sittings.length - b.sittings.length);
    expect(second!.sittings.map(({ fromBlock }) => fromBlock)).toEqual([0, first!.order.length]);
    expect(second!.rounds.slice(0, first!.rounds.length)).toEqual(first!.rounds);
    expect(second!.order.length).toBeGreaterThan(first!.order.length);
  },
);
