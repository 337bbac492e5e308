import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Result, RuntimeKind } from '../../../engine/model/index.ts';
import { readResultFile } from '../../../engine/storage/index.ts';
import { brokenShop } from './broken-shop.ts';
import { leftovers } from './leftovers.ts';
import { makeHome, run, type Home } from './run.ts';
import { shortExperiment } from './short-experiment.ts';

export function homeForTest(): Home {
  const home = makeHome();
  afterAll(() => home.remove());
  return home;
}

/** The files of the results in a data folder. */
export function resultFiles(dataFolder: string): string[] {
  const folder = path.join(dataFolder, 'results');
  return readdirSync(folder).map((id) => path.join(folder, id, 'result.json'));
}

/** The results a home keeps. */
export function storedResults(home: Home): Promise<Result[]> {
  return Promise.all(resultFiles(home.data).map((file) => readResultFile(file)));
}

export function unitThatNeverGetsReady(runtime: RuntimeKind, dockerHost: () => string | null): void {
  it('a unit that never gets ready: named, with its last log lines', async () => {
    const home = homeForTest();
    const applications = brokenShop(
      path.join(home.folder, 'applications'),
      "export const module = undefined; throw new Error('the price list is missing');",
    );
    const { code, stderr } = await run(home, ['up', '--topology', 'macroservices', '--runtime', runtime], {
      CLEAVE_APPLICATIONS_DIR: applications,
    });
    expect(stderr).toMatch(
      /^cleave: unit "trade" did not get ready: it ended 6 times, last with exit code 1; its last log lines:\n/,
    );
    expect(stderr).toContain('the price list is missing');
    expect(code).toBe(1);
    expect(await leftovers(home, dockerHost())).toEqual([]);
  });
}

export function variantThatCannotRun(runtime: RuntimeKind, dockerHost: () => string | null): void {
  it('a variant that cannot run ends the comparison after its first block', async () => {
    const home = homeForTest();
    const applications = brokenShop(
      path.join(home.folder, 'applications'),
      "export const module = undefined; throw new Error('the price list is missing');",
    );
    const parameters = ['compare', '--experiment', await shortExperiment(home, { blocks: 3 }), '--runtime', runtime];
    const { code, stderr } = await run(home, parameters, { CLEAVE_APPLICATIONS_DIR: applications });
    expect(stderr).toMatch(
      /^cleave: variant "(monolith|macroservices)" could not be measured: unit "(shop|trade)" did not get ready: /,
    );
    expect(code).toBe(1);
    const [result] = await storedResults(home);
    expect(result).toMatchObject({ status: 'failed' });
    expect(result?.rounds.map((round) => [round.block, round.status])).toEqual([
      [0, 'failed'],
      [0, 'failed'],
    ]);
    expect(await leftovers(home, dockerHost())).toEqual([]);
  });
}

export function unitThatCannotBeBuilt(runtime: RuntimeKind, dockerHost: () => string | null): void {
  it('a unit that cannot be built: named, with the place of the mistake', async () => {
    const home = homeForTest();
    const applications = brokenShop(path.join(home.folder, 'applications'), 'export const module = {;');
    const { code, stderr } = await run(home, ['up', '--topology', 'macroservices', '--runtime', runtime], {
      CLEAVE_APPLICATIONS_DIR: applications,
    });
    expect(stderr).toMatch(/^cleave: unit "trade" cannot be bundled: .*orders\/index\.ts:1:\d+: ERROR: .*\n$/);
    expect(code).toBe(1);
    expect(await leftovers(home, dockerHost())).toEqual([]);
  });
}
