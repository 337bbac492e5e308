import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { afterAll, expect, it } from 'vitest';
import { deployTopology, impactOfChanges, loadApplication, type SingleDeployment } from '../../engine/deploy/index.ts';
import { namedTopology, withLanguage, type Language, type Topology } from '../../engine/model/index.ts';
import { testLaboratory } from '../support/laboratory.ts';
import { describeLanguages } from '../support/languages.ts';
import { eventually, getText } from '../support/wait.ts';

const MODULE = 'recommendations';
const repository = path.resolve(import.meta.dirname, '..', '..');

/** Lets one recommendation be given instead of as many as are asked for, in each language. */
const edits: readonly [file: string, line: string, added: string][] = [
  ['go/logic.go', '\twanted := from.meanOf(productIDs)', '\tlimit = 1'],
  ['python/logic.py', '    wanted = _mean_of(tastes, product_ids)', '    limit = 1'],
];

/** A copy of the applications whose shop has one change more. */
function withChange(folder: string): string {
  const applications = path.join(folder, 'applications');
  cpSync(path.join(repository, 'sample-apps'), applications, { recursive: true });
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  const shop = path.join(applications, 'shop');
  const patches = edits.map(([file, line, added]) => {
    const name = `${MODULE}/${file}`;
    const before = readFileSync(path.join(shop, name), 'utf8');
    const after = before.replace(line, `${added}\n${line}`);
    expect(after).not.toBe(before);
    return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after);
  });
  writeFileSync(path.join(shop, 'changes', 'one-recommendation.patch'), patches.join(''));
  const manifest = path.join(shop, 'application.yaml');
  const change = '  one-recommendation: { title: One is enough, kind: fix, patch: changes/one-recommendation.patch }';
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/^changes:$/m, `changes:\n${change}`));
  return applications;
}

await describeLanguages('the shop with a unit in another language, as processes', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-shop-languages-'));
  const laboratory = testLaboratory({ applicationsDirectory: withChange(folder) });
  afterAll(() => {
    laboratory.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const answers = new Map<Language, unknown>();

  const cutIn = async (language: Language): Promise<{ topology: Topology; running: SingleDeployment }> => {
    const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const micro = namedTopology(application, 'microservices');
    if (micro === undefined) throw new Error('the shop has no microservices');
    const topology = withLanguage(micro, MODULE, language);
    const running = await deployTopology({
      ...{ laboratory, application, topology, runtime: 'process' },
      session: `languages-${process.pid}-${language}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    return { topology, running };
  };
  const recommended = ({ deployment }: SingleDeployment): Promise<string[]> =>
    eventually('recommendations', async () => {
      const text = await getText(new URL('/api/products/p-7/recommendations', deployment.publishedUrl).href);
      const found = text === undefined ? [] : (JSON.parse(text) as { products: { id: string }[] }).products;
      return found.length === 0 ? undefined : found.map(({ id }) => id);
    });

  it.each(['typescript', 'go', 'python'] as const)('gives the same answers in %s', async (language) => {
    const { running } = await cutIn(language);
    try {
      answers.set(language, await recommended(running));
      const unit = (await running.deployment.observe()).find((one) => one.unit === MODULE);
      expect(unit?.facts['language']).toBe(language === 'typescript' ? undefined : language);
    } finally {
      await running.close();
    }
    expect(answers.get(language)).toEqual(answers.get('typescript'));
  });

  it.each(['go', 'python'] as const)('is healed, replaced, doubled and released in %s', async (language) => {
    const { topology, running } = await cutIn(language);
    const { deployment } = running;
    try {
      const before = await recommended(running);
      const restarts = async (): Promise<number> => (await deployment.unitHosting(MODULE).status()).restarts;
      await deployment
        .control(MODULE)
        .inject({ id: 'c', module: MODULE, kind: 'crash', parameters: {}, limitMs: 60_000 });
      await eventually('a restart', async () => ((await restarts()) > 0 ? true : undefined));
      expect(await recommended(running)).toEqual(before);

      await deployment.unitHosting(MODULE).kill();
      await deployment.unitHosting(MODULE).start();
      expect(await recommended(running)).toEqual(before);

      const replaced = await deployment.replace({ units: [MODULE], strategy: 'rolling' });
      expect(replaced.map(({ unit }) => unit)).toEqual([MODULE]);
      expect(await recommended(running)).toEqual(before);

      await deployment.addInstance(MODULE);
      expect(deployment.serving(MODULE).length).toBe(2);
      await deployment.takeInstanceBack(MODULE);

      const changes = ['one-recommendation'];
      const [impact] = await impactOfChanges(laboratory, deployment.application, { topologies: [topology], changes });
      const release = await deployment.release({ changes, strategy: 'rolling' });
      expect([release.modules, release.changedUnits]).toEqual([[MODULE], [MODULE]]);
      expect(impact).toMatchObject({ modules: [MODULE], units: { [topology.name]: [MODULE] } });
      expect(await recommended(running)).toEqual(before.slice(0, 1));
      await deployment.takeBack({ strategy: 'rolling' });
      expect(await recommended(running)).toEqual(before);
    } finally {
      await running.close();
    }
  });
});
