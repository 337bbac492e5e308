import os from 'node:os';
import path from 'node:path';
import { hashSources, loadApplication } from '../../engine/deploy/index.ts';
import { presetLoad, type Campaign, type Result } from '../../engine/model/index.ts';
import { quickResult } from '../../report/testing/index.ts';
import { ShellPage } from './pages/shell-page.ts';
import { requested } from './support/bridge.ts';
import { asFastAsCanBe, expect, noEngine, test } from './support/fixture.ts';
import { importResults } from './support/seed.ts';

const applications = path.resolve(import.meta.dirname, '..', '..', 'sample-apps');

/** A result as if it had been measured here, of the source as it is. */
async function measuredHere(): Promise<Result> {
  const shop = await loadApplication(applications, 'shop');
  const result = quickResult();
  return {
    ...result,
    experiment: { ...result.experiment, load: presetLoad },
    environment: {
      ...result.environment,
      ...{ runtime: 'process', platform: os.platform(), architecture: os.arch() },
      ...{ cpuModel: os.cpus()[0]?.model.trim() ?? 'unknown', cpus: os.cpus().length },
      sourceHash: await hashSources(applications, shop),
    },
  };
}

test('claims are judged by what was measured here, and a decision by that and by what counts', async ({ app }) => {
  const { page } = app;
  const shell = new ShellPage(page);
  const claim = (title: string) => page.getByRole('group').filter({ has: page.getByRole('heading', { name: title }) });

  await test.step('nothing is, before anything was measured here', async () => {
    await importResults(app, [quickResult()]);
    await shell.goTo('Claims');
    await expect(page.getByText(/^Nothing that is stored was measured with this source on this machine/)).toContainText(
      '1 stored result is left out: of another source, machine, runtime, budget, load or settings, or measured anew since',
    );
    await expect(claim('Slower answers').getByText('Not measured', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Measure all of it, at most / })).toBeEnabled();
    await shell.goTo('Decide');
    await expect(page.getByText('there is nothing to decide by yet')).toBeVisible();
  });

  await test.step('what fits is shown with what it is from', async () => {
    const [measured] = await importResults(app, [
      { ...(await measuredHere()), id: '2026-01-04-here', title: 'Measured here' },
    ]);
    await shell.goTo('Claims');
    await expect(page.getByText(/^Judged from 1 stored result of this source on this machine/)).toBeVisible();
    const slower = claim('Slower answers');
    await expect(slower.getByText('Holds here', { exact: true })).toBeVisible();
    await slower.getByRole('heading', { name: 'Slower answers' }).click();
    await expect(slower.getByRole('heading', { name: 'What cannot be shown here' })).toBeVisible();
    await slower.getByRole('link', { name: 'Measured here' }).first().click();
    await expect(page).toHaveURL(new RegExp(`result/${measured?.id ?? 'none'}$`));
  });

  await test.step('the answer follows what counts, and says what would turn it', async () => {
    await shell.goTo('Decide');
    const answer = page.getByRole('region', { name: 'What that leads to' });
    await expect(answer.getByText(/^(Leave it whole|Cut it as )/)).toBeVisible();
    await expect(answer).toContainText('Made for these weights: releases 1');
    for (const question of ['Releases', 'Availability', 'Cost', 'Consistency', 'Operating it'])
      await page
        .getByRole('radiogroup', { name: `How much ${question.toLowerCase()} counts` })
        .getByText('Not')
        .click();
    await page.getByRole('radiogroup', { name: 'How much response time counts' }).getByText('Most').click();
    await expect(answer.getByText(/^Leave it whole\. /)).toBeVisible();
    await page.getByRole('radiogroup', { name: 'How much response time counts' }).getByText('Not').click();
    await page.getByRole('radiogroup', { name: 'How much availability counts' }).getByText('Most').click();
    await expect(answer.getByText(/^Cut it as /)).toBeVisible();
    await expect(answer).toContainText('availability 4');
  });

  await test.step('what counts is kept in the profile until it is reset', async () => {
    await page.reload();
    const answer = page.getByRole('region', { name: 'What that leads to' });
    await expect(answer).toContainText('availability 4');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(answer).toContainText('Made for these weights: releases 1');
    await page.reload();
    await expect(answer).toContainText('Made for these weights: releases 1');
    await expect(page.getByRole('button', { name: 'Reset' })).toBeDisabled();
  });
  expect(app.errors).toEqual([]);
});

test('what is missing is measured in one go, until it is called off', async ({ launch }) => {
  const options = { environment: noEngine, scripted: true, blocks: 1 };
  const app = await launch({ ...options, speed: asFastAsCanBe });
  const shell = new ShellPage(app.page);
  await shell.goTo('Claims');
  await app.page.getByRole('button', { name: /^Measure all of it, at most / }).click();
  const progress = app.page.getByRole('region', { name: 'What is missing' }).getByRole('status');
  await expect(progress).toContainText(/^[1-9] of \d measured\./, { timeout: 120_000 });
  await app.page.getByRole('button', { name: 'Stop after this one' }).click();
  await expect(app.page.getByRole('button', { name: 'Stop after this one' })).toBeHidden();
  expect(await requested<Campaign | null>(app.page, 'campaign:state')).toBeNull();
});
