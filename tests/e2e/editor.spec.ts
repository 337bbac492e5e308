import { readFile } from 'node:fs/promises';
import { experimentSchema } from '../../engine/model/index.ts';
import { readExperimentFile } from '../../engine/storage/index.ts';
import { EditorPage } from './pages/editor-page.ts';
import { ShellPage } from './pages/shell-page.ts';
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
  expect(await editor.field('Name').inputValue()).not.toBe(experiment.name);
  await editor.unfold(2, 'Amount of work');
  await expect(editor.field('Mean round trip to the payment provider, ms of variant 2')).toHaveValue('25');
});
