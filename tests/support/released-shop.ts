import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  changesUpTo,
  deployTopology,
  impactOfChanges,
  loadApplication,
  type ChangeImpact,
  type SingleDeployment,
} from '../../engine/deploy/index.ts';
import { namedTopology, orderOf, type Application } from '../../engine/model/index.ts';
import { anomaliesOf, booksAfter, startBuying } from './check-out-campaign.ts';
import { testLaboratory } from './laboratory.ts';

/** One of a kind each: a fix, an addition to a contract, a migration, and one that never gets ready. */
export const someChanges = [
  'unknown-product-is-named',
  'prices-have-a-currency',
  'orders-know-their-channel',
  'inventory-waits-for-a-table',
];

/** Releases each of these changes of the shop to one deployment while people buy, and takes it back. */
export function releasedShop(runtime: 'docker' | 'process', cut: string, names: readonly string[] | 'all'): void {
  const laboratory = testLaboratory();
  let application: Application;
  let running: SingleDeployment;
  let impacts: ChangeImpact[];
  beforeAll(async () => {
    application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const topology = namedTopology(application, cut);
    if (topology === undefined) throw new Error(`the shop has no topology "${cut}"`);
    const changes = Object.keys(application.changes ?? {}).filter((name) => names === 'all' || names.includes(name));
    impacts = await impactOfChanges(laboratory, application, { topologies: [topology], changes });
    running = await deployTopology({
      ...{ laboratory, application, topology, runtime },
      session: `released-${runtime}-${process.pid}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
  });
  afterAll(async () => {
    await running?.close();
    laboratory.remove();
  });

  it('takes changes in and back without losing a request, and says which cannot be', { timeout: 900_000 }, async () => {
    const { deployment } = running;
    for (const { change: name, kind, modules, units } of impacts) {
      const chain = changesUpTo(application, name);
      const { there: order, back } = orderOf(kind);
      if (kind === 'bug-unready') {
        await expect(deployment.release({ changes: chain, strategy: 'rolling' }), name).rejects.toThrow(
          'did not get ready',
        );
        expect(deployment.changes).toEqual([]);
        continue;
      }
      for (const step of chain.slice(0, -1).map((_, index) => chain.slice(0, index + 1)))
        await deployment.release({ changes: step, strategy: 'rolling' });
      const load = startBuying(deployment, { journeysPerSecond: 15, seed: 7 });
      // What must go out in one moment does so where all units are started anew beside the old ones.
      const strategy = kind === 'rename-at-once' ? 'blue-green' : 'rolling';
      const release = await deployment.release({ changes: chain, strategy, order });
      const { endpoints } = await load.stop();
      // What was foretold without running anything.
      expect([release.modules, release.changedUnits], name).toEqual([modules, units[cut]]);
      expect(modules.length, name).toBeGreaterThan(0);
      expect(release.seenMs === null, name).toBe(application.changes?.[name]?.check === undefined);
      const lost = Object.entries(endpoints).flatMap(([endpoint, { scheduled, good, late }]) =>
        scheduled > good + late ? [endpoint] : [],
      );
      // A bug that errs is not seen by who buys: it is of one product.
      expect(lost, `${name} loses`).toEqual([]);
      for (const _ of chain) await deployment.takeBack({ strategy, order: back });
      expect(deployment.changes).toEqual([]);
    }
    expect(anomaliesOf(await booksAfter(deployment, [], 7)).filter((one) => !one.includes('phantom'))).toEqual([]);
  });
}
