import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleUnits } from '../../engine/deploy/bundle.ts';
import { editSources } from '../../engine/deploy/edit.ts';
import { loadApplication } from '../../engine/deploy/index.ts';
import { spokenApplications } from '../../engine/languages/testing/index.ts';
import { languageTitles, otherLanguages, type OtherLanguage } from '../../engine/model/index.ts';
import type { Artifact, RunningUnit } from '../../engine/runtime/index.ts';
import { shareGoCache } from '../support/go-cache.ts';
import { describeLanguages } from '../support/languages.ts';
import { runtimeBench, upAt } from '../support/runtime-under-test.ts';
import { eventually, getText } from '../support/wait.ts';

const memoryBytes = 128 * 1024 * 1024;
const application = await loadApplication(spokenApplications, 'spoken');

for (const language of otherLanguages)
  await describeLanguages(`a unit in ${languageTitles[language]} as a process`, () => inLanguage(language));

function inLanguage(language: OtherLanguage): void {
  const bench = runtimeBench('process', 'one for each');
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-languages-'));
  beforeAll(() => shareGoCache(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const unit = { name: 'entry', modules: ['work'], language };

  const build = async (...changes: string[]): Promise<Artifact> => {
    const edit = await editSources(spokenApplications, application, changes);
    const places = { applicationsDirectory: spokenApplications, workDirectory: folder };
    const { target } = bench.runtime;
    const source = (await bundleUnits(places, application, [unit], { edit, target })).get('entry');
    if (source === undefined) throw new Error('nothing was made');
    return bench.runtime.build(source, { fresh: false, run: bench.run });
  };
  const start = async (artifact: Artifact, instance = 0): Promise<RunningUnit> => {
    const { listen } = await bench.site.addressOfInstance('entry', instance);
    const running = await bench.site.startUnit({
      ...{ unit, instance, artifact, memoryBytes, published: true },
      environment: { TEST_UNIT: JSON.stringify({ name: 'entry', listen }) },
    });
    await upAt(running.serviceUrl);
    return running;
  };
  const answer = (running: RunningUnit) => upAt(running.serviceUrl);
  const dead = (count: number) =>
    eventually('its end', () => {
      const ends = bench.events.filter(({ kind }) => kind === 'die');
      return ends.length >= count ? ends.at(-1) : undefined;
    });

  it('starts, tells what it runs with, is healed, stands still, is ended and started again', async () => {
    const running = await start(await build());
    expect(await answer(running)).toBe(`work in ${languageTitles[language]}`);
    expect((await running.stats()).memoryBytes).toBeGreaterThan(2 ** 20);
    const { environment } = await running.facts();
    expect(environment).toMatchObject({ CLEAVE_GUARD: '1' });
    expect(Object.keys(environment ?? {}).filter((name) => name.startsWith('NODE_'))).toEqual([]);

    await getText(`${running.serviceUrl}/crash`);
    expect((await dead(1)).exitCode).toBe(1);
    expect(await answer(running)).toBe(`work in ${languageTitles[language]}`);
    expect(await running.status()).toMatchObject({ state: 'running', restarts: 1, outOfMemory: false });

    await running.pause();
    expect(await getText(running.serviceUrl, 300)).toBeUndefined();
    await running.resume();
    expect(await answer(running)).toBeDefined();

    await getText(`${running.serviceUrl}/starve`);
    await eventually('that it wanted memory', async () => ((await running.status()).outOfMemory ? true : undefined));
    expect(bench.seen('entry', 'oom')).toBeDefined();
    await answer(running);

    await running.kill();
    expect(await running.status()).toMatchObject({ state: 'stopped' });
    await running.start();
    expect(await answer(running)).toBeDefined();
    expect((await running.recentLogs(50)).filter(({ line }) => line === 'up entry').length).toBe(4);
  });

  it('is replaced by one of an edited source, each with a program of its own', async () => {
    const [before, after] = [await build(), await build('louder')];
    expect(after.reference).not.toBe(before.reference);
    const old = await start(before);
    const next = await start(after, 1);
    bench.site.lead([next]);
    await eventually('the new one at the published address', async () =>
      (await getText(old.publishedUrl ?? '')) === `WORK in ${languageTitles[language]}` ? true : undefined,
    );
    // It is asked to end, and does.
    await old.remove();
    expect(await old.status()).toMatchObject({ state: 'stopped', exitCode: 0 });
    expect((await build()).kind).toBe('warm');
  });
}
