import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { deployTopology, loadApplication, type Edit } from '../../engine/deploy/index.ts';
import { namedTopology, settingsSchema, unitOf, type Settings } from '../../engine/model/index.ts';
import { anomaliesOf, booksAfter, startBuying } from '../support/check-out-campaign.ts';
import { testLaboratory } from '../support/laboratory.ts';

const laboratory = testLaboratory();
afterAll(() => laboratory.remove());

const seed = 11;
/** Its first statement works, its second does not. */
const failing = ['ALTER TABLE orders_orders ADD COLUMN half TEXT', 'ALTER TABLE orders_nowhere ADD COLUMN half TEXT'];

/** The orders with these migrations after their own. */
async function withMigrations(statements: readonly string[]): Promise<Edit> {
  const file = path.join(laboratory.applicationsDirectory, 'shop', 'orders', 'store.ts');
  const source = await readFile(file, 'utf8');
  const added = statements.map((statement) => `  \`${statement}\`,\n`).join('');
  const text = source.replace(/^];\n/m, `${added}];\n`);
  expect(text).not.toBe(source);
  return { files: new Map([[file, text]]), modules: new Map([['orders', [file]]]) };
}

it.each<[cut: string, store: Settings['store']]>([
  ['monolith', 'sqlite'],
  ['macroservices', 'postgres'],
])(
  'a release whose migration fails, %s on %s, is refused in a sentence: what served serves on, and nothing of it is left in the store',
  { timeout: 240_000 },
  async (cut, store) => {
    const shop = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const topology = namedTopology(shop, cut);
    if (topology === undefined) throw new Error(`the shop has no cut "${cut}"`);
    const change = { title: 'Orders have a half', summary: '', kind: 'schema-migration' as const, patch: 'none.patch' };
    const edits: Record<string, readonly string[]> = { broken: failing, mended: failing.slice(0, 1) };
    const running = await deployTopology({
      laboratory: {
        ...laboratory,
        edit: async (_application, names) => withMigrations(names.flatMap((name) => edits[name] ?? [])),
      },
      application: { ...shop, changes: { broken: change, mended: change } },
      ...{ topology, runtime: 'process', settings: settingsSchema.parse({ store }) },
      session: `migration-${cut}-${process.pid}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    const { deployment } = running;
    try {
      const load = startBuying(deployment, { journeysPerSecond: 10, seed });
      const { name } = unitOf(topology, 'orders');
      const refused = await deployment.release({ changes: ['broken'], strategy: 'rolling' }).then(
        () => null,
        (error: unknown) => error,
      );
      expect(String(refused)).toMatch(new RegExp(`unit "${name}".*orders_nowhere`, 's'));
      expect([deployment.changes, deployment.isWhole]).toEqual([[], true]);
      // What the migration did before it failed would be in the way of this one.
      const release = await deployment.release({ changes: ['mended'], strategy: 'rolling' });
      expect([release.modules, release.changedUnits]).toEqual([['orders'], [name]]);
      await deployment.takeBack({ strategy: 'rolling' });
      const { endpoints, ledger } = await load.stop();
      const lost = Object.entries(endpoints).filter(([, { scheduled, good, late }]) => scheduled > good + late);
      expect(lost.map(([endpoint]) => endpoint)).toEqual([]);
      expect(anomaliesOf(await booksAfter(deployment, ledger, seed))).toEqual([]);
    } finally {
      await running.close();
    }
  },
);
