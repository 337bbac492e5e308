import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  presets,
  type ApplicationSummary,
  type Experiment,
  type Result,
  type ResultSummary,
  type RunSnapshot,
  type Trashed,
} from '../../../engine/model/index.ts';
import { smokeResult } from '../../../report/testing/index.ts';
import { ShellPage } from '../pages/shell-page.ts';
import { TopologiesPage } from '../pages/topologies-page.ts';
import { requested } from './bridge.ts';
import { answerOpenDialog, answerSaveDialog } from './dialogs.ts';
import { expect, type RunningApp } from './fixture.ts';
import { importResults, resultFile } from './seed.ts';

/** Something that is being done when a process dies. */
export interface KillPoint {
  what: string;
  /** Gets so far that the process is to be killed now; answers what was seen to be done by then. */
  begin: (app: RunningApp) => Promise<number>;
  /** Must hold afterwards. `runGoesOn`: the victim was not the one that runs experiments. */
  holds: (app: RunningApp, seen: number, runGoesOn: boolean) => Promise<void>;
}

/** Every point, over results that are taken in first. */
export async function killPoints(app: RunningApp): Promise<KillPoint[]> {
  const names = ['renamed', 'tagged', 'trashed', 'exported'];
  await importResults(
    app,
    names.map((name) => ({ ...smokeResult(), id: `kill-${name}` })),
  );
  return [
    {
      what: 'typing an experiment',
      begin: async ({ page }) => {
        await new ShellPage(page).goTo('Scenarios');
        await page.getByRole('button', { name: 'Customise Smoke' }).click();
        const title = page.getByRole('textbox', { name: 'Title', exact: true });
        await title.fill('');
        await title.pressSequentially(typed);
        return typed.length;
      },
      holds: async ({ page }) => {
        await visit(page, '#/experiments');
        const draft = page.getByRole('link', { name: /^Edit Half/ });
        await expect(draft).toBeVisible({ timeout: 30_000 });
        await draft.click();
        // The last letters may have been on their way.
        const kept = await page.getByRole('textbox', { name: 'Title', exact: true }).inputValue();
        expect(typed.startsWith(kept)).toBe(true);
        await visit(page, '#/home');
      },
    },
    {
      what: 'editing a cut',
      begin: async ({ page }) => {
        await new ShellPage(page).goTo('Cuts');
        const cuts = new TopologiesPage(page);
        await cuts.open('monolith');
        await page.getByRole('button', { name: 'Move module payments' }).click();
        await page.getByRole('menuitem', { name: 'Into a unit of its own' }).click();
        await expect(cuts.unit('payments')).toBeVisible();
        return 1;
      },
      holds: async ({ page }) => {
        await visit(page, '#/topologies');
        await expect(page.getByText('monolith (changed)')).toBeVisible({ timeout: 30_000 });
        await expect(new TopologiesPage(page).unit('payments')).toBeVisible();
        await visit(page, '#/home');
      },
    },
    preparation(),
    runPoint('measuring in a block', async ({ page }) => {
      await eventsOf(page, 'load', 1);
      return eventsOf(page, 'round-ended', 0);
    }),
    runPoint('writing a block to the journal', async ({ page }) => eventsOf(page, 'round-ended', 2)),
    runPoint('between two blocks', async ({ page }) => eventsOf(page, 'round-ended', 4)),
    request('renaming a result', ['results:rename', 'kill-renamed', 'Renamed just now'], async (app) => {
      const before = (await summaryOf(app, 'kill-exported'))?.title;
      expect([before, 'Renamed just now']).toContain((await summaryOf(app, 'kill-renamed'))?.title);
    }),
    request('tagging a result', ['results:tag', 'kill-tagged', ['killed', 'twice']], async (app) => {
      const tags = (await summaryOf(app, 'kill-tagged'))?.tags.join();
      expect(['killed,twice', (await summaryOf(app, 'kill-exported'))?.tags.join()]).toContain(tags);
    }),
    request('deleting a result', ['results:trash', 'kill-trashed'], async (app) => {
      const trashed = (await requested<Trashed[]>(app.page, 'trash:list')).map(({ id }) => id);
      const listed = (await summaryOf(app, 'kill-trashed')) !== undefined;
      expect(Number(trashed.includes('kill-trashed')) + Number(listed)).toBe(1);
    }),
    {
      what: 'importing a result',
      begin: async (running) => {
        await answerOpenDialog(running, await resultFile(running, 'late', { ...smokeResult(), id: 'kill-imported' }));
        await fire(running, 'results:import');
        return 0;
      },
      // It is there, whole, or can be taken in again.
      holds: async (running) => {
        await answerOpenDialog(running, path.join(running.saved, 'late.cleave-result'));
        await expect
          .poll(
            () =>
              requested(running.page, 'results:import').then(
                () => true,
                () => false,
              ),
            { timeout: 30_000 },
          )
          .toBe(true);
        const imported = (await requested<ResultSummary[]>(running.page, 'results:list')).filter(({ id }) =>
          id.startsWith('kill-imported'),
        );
        expect(imported).toHaveLength(1);
      },
    },
    {
      what: 'exporting a result',
      begin: async (running) => {
        await answerSaveDialog(running, 'killed.json');
        await fire(running, 'results:export', 'kill-exported', 'json');
        return 0;
      },
      holds: async (running) => {
        const text = await readFile(path.join(running.saved, 'killed.json'), 'utf8').catch(() => null);
        if (text !== null) expect((JSON.parse(text) as Result).id).toBe('kill-exported');
      },
    },
    {
      what: 'saving an experiment',
      begin: async (running) => {
        await requested(running.page, 'experiments:save', await smoke(running, 'saved-before'));
        await fire(running, 'experiments:save', await smoke(running, 'saved-just-now'));
        return 1;
      },
      holds: async ({ page }) => {
        const saved = (await requested<Experiment[]>(page, 'experiments:list')).map(({ name }) => name);
        expect(saved).toContain('saved-before');
        expect(saved.filter((name) => !name.startsWith('saved-'))).toEqual([]);
      },
    },
  ];
}

const typed = 'Half an idea that nobody has saved';

/** A request that is under way. */
function request(what: string, [name, ...args]: [string, ...unknown[]], holds: KillPoint['holds']): KillPoint {
  return {
    what,
    begin: async (app) => {
      await fire(app, name, ...args);
      return 0;
    },
    holds,
  };
}

/** A run of which nothing is measured yet, and nothing kept before the fairness of what runs was judged: it must not stand in the way of the next. */
function preparation(): KillPoint {
  return {
    what: 'preparing a run',
    begin: async (app) => {
      await requested(app.page, 'run:start', await smoke(app, 'killed-run'));
      return eventsOf(app.page, 'run-started', 1);
    },
    holds: async (app) => {
      const { runId } = await requested<{ runId: string }>(app.page, 'run:start', await smoke(app, 'next-run'));
      await requested(app.page, 'run:cancel', runId);
      await eventsOf(app.page, 'run-ended', 1);
    },
  };
}

/** A run that has got so far; what it had finished by then is kept. */
function runPoint(what: string, until: (app: RunningApp) => Promise<number>): KillPoint {
  let earlier: string[] = [];
  return {
    what,
    begin: async (app) => {
      earlier = (await requested<ResultSummary[]>(app.page, 'results:list')).map(({ id }) => id);
      await requested(app.page, 'run:start', await smoke(app, 'killed-run'));
      return until(app);
    },
    holds: async ({ page }, rounds, runGoesOn) => {
      const found = async () =>
        (await requested<ResultSummary[]>(page, 'results:list')).filter(({ id }) => !earlier.includes(id));
      const status = runGoesOn ? /^(cancelled|completed)$/ : /^interrupted$/;
      await expect.poll(async () => (await found())[0]?.status ?? '', { timeout: 60_000 }).toMatch(status);
      const [summary] = await found();
      const result = await requested<Result>(page, 'results:get', summary!.id);
      expect(result.rounds.length).toBeGreaterThanOrEqual(rounds);
      if (rounds >= 2) expect(result.findings.length).toBeGreaterThan(0);
      // What an interrupted run is called is kept beside it, and its findings stay.
      await requested(page, 'results:rename', summary!.id, `Killed while ${what}`);
      const renamed = await requested<Result>(page, 'results:get', summary!.id);
      expect([renamed.title, renamed.findings.length]).toEqual([`Killed while ${what}`, result.findings.length]);
    },
  };
}

/** Makes a request whose answer nobody waits for. */
function fire({ page }: RunningApp, name: string, ...args: unknown[]): Promise<void> {
  return page.evaluate(
    ({ name, args }) => {
      void (
        window as unknown as { cleave: { request(name: string, ...args: unknown[]): Promise<unknown> } }
      ).cleave.request(name, ...args);
    },
    { name, args },
  );
}

async function smoke({ page }: RunningApp, name: string): Promise<Experiment> {
  const [summary] = await requested<ApplicationSummary[]>(page, 'applications:list');
  const experiment = presets.smoke.build(summary!.application, { overrides: { name, blocks: 4 } });
  const { latency, ...others } = experiment.probes;
  // Rounds as short as they can be: what is in them is not the point.
  const nothing = Object.fromEntries(Object.keys(others).map((probe) => [probe, null])) as typeof others;
  return { ...experiment, preset: null, probes: { ...nothing, latency } };
}

/** Waits until so many events of a kind were seen; answers how many there are. */
async function eventsOf(page: RunningApp['page'], type: string, count: number): Promise<number> {
  const seen = async () =>
    (await requested<RunSnapshot | null>(page, 'run:snapshot'))?.events.filter((event) => event.type === type).length ??
    0;
  await expect.poll(seen, { timeout: 120_000, intervals: [20] }).toBeGreaterThanOrEqual(count);
  return seen();
}

async function summaryOf({ page }: RunningApp, id: string): Promise<ResultSummary | undefined> {
  return (await requested<ResultSummary[]>(page, 'results:list')).find((one) => one.id === id);
}

/** Goes to a page; what is not saved on this one stays as it is. */
async function visit(page: RunningApp['page'], hash: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
  const keep = page.getByRole('dialog').getByRole('button', { name: /^Keep/ });
  const arrived = () =>
    page.evaluate((next) => location.hash.startsWith(next) && document.querySelector('[role=dialog]') === null, hash);
  await expect
    .poll(async () => {
      if (await keep.isVisible()) await keep.click();
      return arrived();
    })
    .toBe(true);
}
