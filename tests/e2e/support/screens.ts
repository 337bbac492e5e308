import { presets, type Application, type ApplicationSummary, type PageName } from '../../../engine/model/index.ts';
import { quickResult, smokeResult } from '../../../report/testing/index.ts';
import { TopologiesPage } from '../pages/topologies-page.ts';
import { requested } from './bridge.ts';
import { expect, type RunningApp } from './fixture.ts';
import { importResults } from './seed.ts';

/** What there is to show: names that the addresses below need. */
export interface Furnished {
  first: string;
  second: string;
  experiment: string;
}

/** Something that the window can show: a page, or what opens over one. */
export interface Screen {
  name: string;
  /** The page it is on, as its address. */
  hash: string;
  /** Opens what is over the page. */
  open?: (app: RunningApp) => Promise<void>;
  /** What opens is part of the page and stays there. */
  inPage?: true;
  /** Made of the parts of another screen and nothing else: looked at in fewer colours and sizes. */
  alike?: true;
  /** How many lie one over another; one if not given. */
  layers?: number;
}

/** Fills a fresh program with results, an experiment and a cut, two of each kind of thing, and something in the trash. */
export async function furnish(app: RunningApp): Promise<Furnished> {
  const { page } = app;
  const [first, second, third] = await importResults(app, [
    quickResult(),
    { ...smokeResult(), id: '2026-01-02-second', title: 'Second look' },
    { ...smokeResult(), id: '2026-01-03-third', title: 'Third look' },
  ]);
  if (first === undefined || second === undefined || third === undefined) throw new Error('no result was imported');
  await requested(page, 'results:trash', third.id);
  const [summary] = await requested<ApplicationSummary[]>(page, 'applications:list');
  if (summary === undefined) throw new Error('there is no application');
  const { application } = summary;
  for (const [name, title] of [
    ['kept', 'A kept question'],
    ['kept-too', 'Another kept question'],
  ] as const)
    await requested(page, 'experiments:save', { ...presets.smoke.build(application), name, title });
  await requested(page, 'topologies:save', application.name, cutOf(application));
  // What was saved past the window is in its lists once it has read them anew.
  await page.reload();
  return { first: first.id, second: second.id, experiment: 'kept' };
}

function cutOf(application: Application) {
  const [one = '', ...rest] = Object.keys(application.modules);
  return {
    name: 'mine',
    units: [
      { name: 'one', modules: [one] },
      { name: 'rest', modules: rest },
    ],
  };
}

/** Every page, menu, dialog and note of the window. */
export function screensOf({ first, second, experiment }: Furnished): Screen[] {
  const addresses: Record<PageName, string> = {
    home: 'home',
    explore: 'explore',
    topologies: 'topologies/microservices',
    apis: 'apis',
    claims: 'claims',
    decide: 'decide',
    experiments: 'experiments',
    run: 'run',
    history: 'history',
    compare: `compare/${first}/${second}`,
    glossary: 'glossary',
    settings: 'settings',
    sample: 'sample',
    experiment: `experiment/${experiment}`,
    result: `result/${first}`,
    trash: 'trash',
  };
  const on = (page: PageName) => `#/${addresses[page]}`;
  const inside = (name: string, page: PageName, open: Open): Screen => ({
    ...{ name, hash: on(page), open, inPage: true },
  });
  const over = (name: string, page: PageName, open: Open): Screen => ({
    ...{ name, hash: on(page), open },
  });
  return [
    ...Object.entries(addresses).map(([name, address]) => ({
      ...{ name, hash: `#/${address}` },
      // The report of a result, and the list of the history.
      ...(name === 'sample' || name === 'trash' ? { alike: true as const } : {}),
    })),
    { name: 'compare, nothing chosen', hash: '#/compare', alike: true },
    { name: 'experiment that is gone', hash: '#/experiment/nothing', alike: true },
    { name: 'result that is gone', hash: '#/result/nothing', alike: true },
    over('engine details', 'home', press(/^Engine:/)),
    over('palette', 'home', async ({ page }) => {
      await page.keyboard.press('Control+k');
      await expect(
        page.getByRole('searchbox', { name: 'Command palette' }).or(page.getByLabel('Command palette')).first(),
      ).toBeVisible();
    }),
    over(
      'shortcuts',
      'home',
      dialogBy(async ({ page }) => page.keyboard.press('?')),
    ),
    over('menu of a result in the history', 'history', menuOf(/^More for /)),
    over('tags to filter by', 'history', async ({ page }) => {
      await page.getByRole('combobox', { name: 'Filter by tags' }).click();
      await expect(page.getByRole('listbox')).toBeVisible();
    }),
    inside('picked results', 'history', async ({ page }) => {
      await page
        .getByRole('checkbox', { name: /^Pick / })
        .first()
        .check();
      await expect(page.getByRole('group', { name: 'Picked results' })).toBeVisible();
    }),
    ...['Rename', 'Tags', 'Notes'].map((item) => ({
      ...over(`${item} of a result`, 'history', dialogBy(choose(/^More for /, item))),
      // The tags there are, over the field for them.
      layers: item === 'Tags' ? 2 : 1,
    })),
    over('undo of a result', 'history', noteBy(choose(/^More for Second look/, 'Move to trash'))),
    over('empty the trash', 'trash', dialogBy(press('Empty trash'))),
    over('menu of an experiment', 'experiments', menuOf(/^More for /)),
    over('undo of an experiment', 'experiments', noteBy(choose(/^More for Another/, 'Delete'))),
    over('menu of the editor', 'experiment', menuOf('More')),
    over('choice of a fault', 'experiment', async ({ page }) => {
      await page.getByRole('combobox', { name: 'What to break' }).first().click();
      await expect(page.getByRole('option').first()).toBeVisible();
    }),
    inside('mistakes in the editor', 'experiment', async ({ page }) => {
      await page.getByRole('textbox', { name: 'Blocks', exact: true }).fill('0');
      for (const fold of await page.getByRole('main').locator('summary').all()) await fold.click();
      await expect(page.getByRole('heading', { name: /mistake/ })).toBeVisible();
    }),
    over(
      'leaving a changed form',
      'experiment',
      dialogBy(async ({ page }) => {
        await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Changed');
        await page.getByRole('link', { name: 'Scenarios' }).click();
      }),
    ),
    over('exports of a result', 'result', menuOf('Export')),
    over('menu of a result', 'result', menuOf('More for this result')),
    over(
      'a failure',
      'result',
      noteBy(async (app) => {
        await app.electron.evaluate(({ dialog }, filePath) => {
          dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
        }, app.data);
        await choose('Export', 'CSV table')(app);
      }),
    ),
    over('menu of a module', 'topologies', menuOf(/^Move module /)),
    over('menu of a unit', 'topologies', menuOf(/^Merge or split unit /)),
    inside('name of a unit', 'topologies', press(/^Rename unit /)),
    over('saving a cut', 'topologies', dialogBy(press('Save as'))),
    {
      ...over(
        'replacing a cut',
        'topologies',
        dialogBy(async ({ page }) => {
          await page.getByRole('button', { name: 'Save as' }).click();
          await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('mine');
          await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
          await expect(page.getByRole('button', { name: 'Keep both' })).toBeVisible();
        }),
      ),
      layers: 2,
    },
    over('undo of a cut', 'topologies', noteBy(press('Delete mine'))),
    over('quietness of the machine', 'home', press(/^Machine: /)),
    over('deleting what was never saved', 'experiments', dialogBy(deleteACopy)),
    // Last: what was drawn and not saved stays on the canvas.
    over('comparing without the changes', 'topologies', dialogBy(compareUnsaved)),
  ];
}

type Open = NonNullable<Screen['open']>;

async function deleteACopy(app: RunningApp): Promise<void> {
  const { page } = app;
  await choose(/^More for A kept/, 'Duplicate')(app);
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toBeVisible();
  await show(app, { name: 'experiments', hash: '#/experiments' });
  await page
    .getByRole('group', { name: 'A kept question' })
    .filter({ hasText: 'not saved' })
    .getByRole('button', { name: /^More for / })
    .click();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
}

async function compareUnsaved({ page }: RunningApp): Promise<void> {
  const cuts = new TopologiesPage(page);
  await cuts.canvas.locator('[data-id="module:recommendations"]').focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await cuts.pick('monolith');
  await cuts.pick('microservices');
  await page.getByRole('button', { name: /^Compare picked/ }).click();
}

function press(name: string | RegExp): Open {
  return ({ page }) => page.getByRole('button', { name }).first().click();
}

function menuOf(name: string | RegExp): Open {
  return async (app) => {
    await press(name)(app);
    await expect(app.page.getByRole('menu')).toBeVisible();
  };
}

function choose(button: string | RegExp, item: string): Open {
  return async (app) => {
    await press(button)(app);
    await app.page.getByRole('menuitem', { name: item, exact: true }).click();
  };
}

function dialogBy(open: Open): Open {
  return async (app) => {
    await open(app);
    await expect(app.page.getByRole('dialog').first()).toBeVisible();
  };
}

function noteBy(open: Open): Open {
  return async (app) => {
    await open(app);
    await expect(
      app.page.getByRole('region', { name: 'Notes', exact: true }).getByRole('button', { name: 'Close' }),
    ).toBeVisible();
  };
}

/** Goes to a screen from wherever the window is, as it is after a fresh start with the same things. */
export async function show(app: RunningApp, screen: Screen): Promise<void> {
  const { page } = app;
  await page.evaluate((hash) => {
    history.replaceState(null, '', hash);
  }, screen.hash);
  await page.reload();
  // On a busy machine a long document takes its time.
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0);
  await screen.open?.(app);
}
