import { readFile } from 'node:fs/promises';
import { experimentSchema } from '../../engine/model/index.ts';
import { readExperimentFile } from '../../engine/storage/index.ts';
import { EditorPage } from './pages/editor-page.ts';
import { ShellPage } from './pages/shell-page.ts';
import { TopologiesPage } from './pages/topologies-page.ts';
import { findings } from './support/accessibility.ts';
import { answerOpenDialog } from './support/dialogs.ts';
import { expect, test, type RunningApp } from './support/fixture.ts';

async function customise(app: RunningApp): Promise<EditorPage> {
  await app.page.getByRole('button', { name: 'Customise Smoke' }).click();
  const editor = new EditorPage(app.page);
  await expect(editor.variant(1)).toBeVisible();
  return editor;
}

test('every policy has its numbers, checked at the field, and what differs must be declared', async ({ app }) => {
  const editor = await customise(app);
  await editor.unfold(2, 'Calls between modules');
  for (const policy of ['Retries', 'Circuit breaker', 'Bulkhead', 'Load shedding'])
    await editor.turn(`${policy} of variant 2`);

  await editor.field('Retries at most of variant 2').fill('50');
  expect(await editor.mistakeAt('Retries at most of variant 2')).toBe('At most 10.');
  await editor.field('Jitter of the wait of variant 2').fill('120');
  expect(await editor.mistakeAt('Jitter of the wait of variant 2')).toBe('At most 100 %.');
  await editor.field('Window of the breaker of variant 2').fill('0.05');
  expect(await editor.mistakeAt('Window of the breaker of variant 2')).toBe('At least 100 ms.');
  await expect(editor.launch).toBeDisabled();

  await editor.field('Retries at most of variant 2').fill('3');
  await editor.field('Wait before a retry of variant 2').fill('20');
  await editor.field('Jitter of the wait of variant 2').fill('100');
  await editor.field('Retry budget of variant 2').fill('');
  await editor.field('Window of the breaker of variant 2').fill('2');
  await editor.field('Calls at once of variant 2').fill('16');
  await editor.field('Requests at once before shedding of variant 2').fill('150');

  const declared = app.page.getByRole('checkbox', { name: 'Policies of calls between modules' });
  await expect(editor.launch).toBeDisabled();
  await declared.check();
  await expect(editor.launch).toBeEnabled();

  const { variants, declaredDifferences } = await readExperimentFile(await editor.exportTo(app, 'policies.cleave'));
  expect(declaredDifferences).toEqual(['resilience']);
  expect(variants[1]?.settings.resilience).toMatchObject({
    retries: { count: 3, backoffMs: 20, jitter: 1, budget: null },
    circuitBreaker: { windowMs: 2000 },
    bulkhead: { concurrent: 16, queued: 64 },
    loadShedding: { inFlight: 150 },
  });
});

test('nothing that is edited is lost: leaving, saving over another, deleting, reload, and a program that is killed', async ({
  app,
}) => {
  const { page } = app;
  const shell = new ShellPage(page);
  const dialog = page.getByRole('dialog');
  const editor = await customise(app);
  await editor.field('Title').fill('Half an idea');
  // A number that cannot be read is a mistake of the person's, which is not to be lost either.
  await editor.field('Blocks').fill('');

  await test.step('leaving a changed form asks; it is found again after a reload', async () => {
    await shell.goTo('Scenarios');
    await expect(dialog).toContainText('Half an idea has changes that are not saved.');
    expect(await findings(page)).toEqual([]);
    await expect(dialog.getByRole('button', { name: 'Save' })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    await expect(editor.field('Title')).toHaveValue('Half an idea');
    await page.reload();
    await expect(editor.field('Title')).toHaveValue('Half an idea');
    await expect(editor.field('Blocks')).toHaveValue('');
    await editor.field('Blocks').fill('2');
  });

  await test.step('saving over another asks; deleting can be undone', async () => {
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
    const name = await editor.field('Name').inputValue();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await expect(editor.field('Name')).not.toHaveValue(name);
    await editor.field('Name').fill(name);
    await editor.field('Title').fill('Another idea');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toContainText('Replace Half an idea?');
    await dialog.getByRole('button', { name: 'Keep both' }).click();
    await expect(dialog).toHaveCount(0);
    await shell.goTo('Experiments');
    await dialog.getByRole('button', { name: 'Keep as draft' }).click();
    await page.getByRole('button', { name: 'More for Half an idea' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    // The trash has it.
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Edit Half an idea' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('link', { name: 'Edit Half an idea' })).toBeVisible();
  });

  await test.step('a cut: opening another asks, and deleting one can be undone', async () => {
    const topologies = new TopologiesPage(page);
    await shell.goTo('Cuts');
    await topologies.open('monolith');
    await split(app, 'payments');
    await topologies.open('microservices');
    await expect(dialog).toContainText('The cut on the canvas, monolith, has changes that are not saved.');
    await dialog.getByRole('button', { name: 'Save as…' }).click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('mine');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Delete mine' }).click();
    await expect(page.getByRole('link', { name: 'Open mine' })).toHaveCount(0);
    await page
      .getByRole('region', { name: 'Notes', exact: true })
      .getByRole('button', { name: 'Undo', exact: true })
      .click();
    await expect(page.getByRole('link', { name: 'Open mine' })).toBeVisible();
    await split(app, 'orders');
    await topologies.pick('monolith');
    await topologies.pick('mine');
    await page.getByRole('button', { name: /^Compare picked/ }).click();
    await expect(dialog).toContainText('The cut on the canvas, mine, has changes that are not saved.');
    await dialog.getByRole('button', { name: 'Compare as saved' }).click();
    await expect(shell.heading('monolith against mine')).toBeVisible();
    const faults = page.getByRole('group', { name: /^Fault \d+: / });
    expect(await faults.evaluateAll((groups) => groups.map((group) => group.getAttribute('aria-label')))).toEqual([
      'Fault 1: Payments crashes and is started again',
      'Fault 2: Payments hangs',
      'Fault 3: Payments answers 200 ms later',
    ]);
    await shell.goTo('Cuts');
    await shell.goTo('Scenarios');
    await dialog.getByRole('button', { name: 'Keep on the canvas' }).click();
    await shell.arrivedAt('Scenarios');
  });

  app.electron.process().kill('SIGKILL');
  const { page: again } = await app.restart();
  await test.step('after the program was killed, draft and cut are there', async () => {
    await new ShellPage(again).goTo('Experiments');
    await again.getByRole('link', { name: 'Edit Another idea' }).click();
    await expect(again.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Another idea');
    await new ShellPage(again).goTo('Cuts');
    await again.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click();
    await expect(again.getByText('mine (changed)')).toBeVisible();
    await expect(new TopologiesPage(again).unit('orders')).toBeVisible();
    await again.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(new TopologiesPage(again).unit('orders')).toHaveCount(0);
  });
});

/** Gives a module a unit of its own, by the list beside the canvas. */
async function split({ page }: RunningApp, module: string): Promise<void> {
  await page.getByRole('button', { name: `Move module ${module}` }).click();
  await page.getByRole('menuitem', { name: 'Into a unit of its own' }).click();
  await expect(new TopologiesPage(page).unit(module)).toBeVisible();
}

test('where data are kept is chosen for each variant, and has to be declared where it differs', async ({ app }) => {
  const { page } = app;
  const editor = await customise(app);
  await editor.unfold(2, 'Data');
  await editor.choose('Store of variant 2', 'PostgreSQL 18, a server for each unit');
  await expect(editor.launch).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Store', exact: true }).check();
  await expect(editor.launch).toBeEnabled();

  await test.step('what is folded says it', async () => {
    await editor.unfold(2, 'Data');
    await expect(editor.variant(1)).toContainText('SQLite, a file for each unit');
    await expect(editor.variant(2)).toContainText('PostgreSQL 18, a server for each unit');
  });

  const { variants, declaredDifferences } = await readExperimentFile(await editor.exportTo(app, 'stores.cleave'));
  expect(declaredDifferences).toEqual(['store']);
  expect(variants.map(({ settings }) => settings.store)).toEqual(['sqlite', 'postgres-per-unit']);

  await test.step('a reload has it still, and with one store nothing differs', async () => {
    await page.reload();
    await editor.unfold(2, 'Data');
    await expect(editor.select('Store of variant 2')).toHaveValue('PostgreSQL 18, a server for each unit');
    await editor.choose('Store of variant 2', 'SQLite, a file for each unit');
    await expect(editor.launch).toBeEnabled();
  });
});

test('a module is given another language on the canvas, and the cut with it is saved, opened again and compared', async ({
  app,
}) => {
  const { page } = app;
  const shell = new ShellPage(page);
  const cuts = new TopologiesPage(page);
  const language = page.getByRole('combobox', { name: 'Language of recommendations' });
  const onCanvas = (words: string) => cuts.canvas.getByLabel(`Module recommendations in unit ${words}`);

  await test.step('not where it shares its process, which says what it would take', async () => {
    await shell.goTo('Cuts');
    await cuts.open('monolith');
    await expect(language).toBeDisabled();
    await expect(language).toHaveAccessibleDescription(
      /7 other modules share its process, which has one language: TypeScript/,
    );
  });

  await test.step('in a unit of its own it is marked and chosen, by keyboard too, and undone', async () => {
    await cuts.open('microservices');
    await expect(onCanvas('recommendations, in TypeScript')).toBeVisible();
    await language.focus();
    await language.press('G');
    await expect(onCanvas('recommendations, in Go')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'recommendations is in Go now.' })).toHaveCount(1);
    await expect(page.getByText('recommendations@go:recommendations')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(language).toHaveValue('typescript');
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect(language).toHaveValue('go');
    await expect.poll(() => findings(page)).toEqual([]);
  });

  await test.step('a reload has it still', async () => {
    await cuts.saveAs('with-go');
    await expect(page.getByRole('link', { name: 'Open with-go' })).toContainText('Recommendations in Go');
    await page.reload();
    await cuts.open('microservices');
    await expect(language).toHaveValue('typescript');
    await cuts.open('with-go');
    await expect(language).toHaveValue('go');
  });

  await test.step('compared with the same in TypeScript it is asked the same questions, which is declared', async () => {
    await cuts.pick('microservices');
    await cuts.pick('with-go');
    await page.getByRole('button', { name: /^Compare picked/ }).click();
    const editor = new EditorPage(page);
    await expect(editor.select('Language of Recommendations of variant 2')).toHaveValue('Go');
    await editor.choose('Language of Recommendations of variant 2', 'Python');
    await expect(editor.select('Cut of variant 2')).toHaveValue('microservices-python');
    const { variants, declaredDifferences, probes } = await readExperimentFile(
      await editor.exportTo(app, 'languages.cleave'),
    );
    expect(declaredDifferences).toEqual(['language']);
    expect(probes.answers).toEqual({ module: 'recommendations', questions: 1000 });
    const languages = variants.map(({ topology }) => topology.units.flatMap((unit) => unit.language ?? []));
    expect(languages).toEqual([[], ['python']]);
  });
});

test('data, amount of work and a storm are set, exported, imported again, saved and deleted', async ({ app }) => {
  const { page } = app;
  const editor = await customise(app);
  for (const number of [1, 2]) {
    await editor.unfold(number, 'Data');
    await editor.turn(`Outbox of variant ${number}`);
    await editor.unfold(number, 'Amount of work');
    await editor.field(`Mean round trip to the payment provider, ms of variant ${number}`).fill('25');
  }
  await editor.field('Mean round trip to the payment provider, ms of variant 1').fill('99,999');
  expect(await editor.mistakeAt('Mean round trip to the payment provider, ms of variant 1')).toBe(
    'The value 99999 is out of range; allowed: 0 to 5000.',
  );
  await editor.field('Mean round trip to the payment provider, ms of variant 1').fill('25');
  await editor.turn('Retry storm');
  await editor.field('Load of the spike').fill('4');

  const file = await editor.exportTo(app, 'work.cleave');
  const experiment = experimentSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  expect(experiment.variants.map((variant) => variant.settings)).toMatchObject([
    { outbox: false, tunables: { 'provider-latency': 25 } },
    { outbox: false, tunables: { 'provider-latency': 25 } },
  ]);
  expect(experiment.probes.storm).toMatchObject({ spikeFactor: 4, fault: { kind: 'slow' } });

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await new ShellPage(page).goTo('Experiments');
  await answerOpenDialog(app, file);
  await page.getByRole('button', { name: 'Import' }).click();
  await expect(editor.variant(2)).toBeVisible();
  // It is the one that was saved, and not taken in a second time.
  await expect(page.getByText('is here already.')).toBeVisible();
  expect(await editor.field('Name').inputValue()).toBe(experiment.name);
  await editor.unfold(2, 'Amount of work');
  await expect(editor.field('Mean round trip to the payment provider, ms of variant 2')).toHaveValue('25');
});
