import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication, type SingleDeployment } from '../../engine/deploy/index.ts';
import {
  databasesOf,
  namedTopology,
  settingsSchema,
  type Application,
  type Fault,
  type Settings,
} from '../../engine/model/index.ts';
import { anomaliesOf, breakCheckOut } from './check-out-campaign.ts';
import { testLaboratory } from './laboratory.ts';
import { replaceUnderLoad } from './replacement-campaign.ts';

/** The server dies twice, once stands still, and once is out of reach where that can be. */
const faults: Fault[] = [
  { kind: 'store-crash', module: 'orders' },
  { kind: 'store-freeze', module: 'inventory' },
  { kind: 'store-connections', module: 'orders' },
  { kind: 'store-partition', module: 'orders' },
  { kind: 'store-crash', module: 'payments' },
];

/** The shop with its data on servers, in these cuts: broken, and its units replaced, while people buy. */
export function shopOnServers(
  runtime: 'docker' | 'process',
  places: readonly (readonly [cut: string, store: Settings['store']])[],
): void {
  const laboratory = testLaboratory();
  let application: Application;
  beforeAll(async () => {
    application = await loadApplication(laboratory.applicationsDirectory, 'shop');
  });
  afterAll(() => laboratory.remove());

  const whileDeployed = async (
    [cut, store]: readonly [string, Settings['store']],
    work: (running: SingleDeployment) => Promise<void>,
  ): Promise<void> => {
    const topology = namedTopology(application, cut);
    if (topology === undefined) throw new Error(`the shop has no topology "${cut}"`);
    const running = await deployTopology({
      ...{ laboratory, application, topology, runtime },
      settings: settingsSchema.parse({ store }),
      session: `servers-${runtime}-${process.pid}-${cut}-${store}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    try {
      await work(running);
    } finally {
      await running.close();
    }
  };

  describe.each(places)('%s on %s', (cut, store) => {
    it('loses no acknowledged order while its servers are killed, stand still and are out of reach', () =>
      whileDeployed([cut, store], async ({ deployment }) => {
        const names = databasesOf(deployment.variant).map(({ name }) => name);
        expect(deployment.databases.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
        expect(deployment.measurement.databases).toHaveLength(names.length);
        const { books, done } = await breakCheckOut(deployment, {
          ...{ faults, journeysPerSecond: 15, holdMs: 800, pauseMs: 1000, seed: 7 },
        });
        const { partition } = deployment.capabilities;
        expect(done).toHaveLength(partition ? faults.length : faults.length - 1);
        expect(books.acknowledged).toBeGreaterThan(20);
        expect(anomaliesOf(books)).toEqual([]);
        for (const server of deployment.databases) expect((await server.status()).state).toBe('running');
      }));

    it('rolls every unit over without losing a request, on the servers that stay', () =>
      whileDeployed([cut, store], async ({ deployment }) => {
        const before = await Promise.all(deployment.databases.map((server) => server.status()));
        const { lost, failures, anomalies } = await replaceUnderLoad(deployment, {
          ...{ strategy: 'rolling', times: 1, journeysPerSecond: 10, seed: 7 },
        });
        expect({ lost, failures, anomalies }).toEqual({ lost: 0, failures: [], anomalies: [] });
        const after = await Promise.all(deployment.databases.map((server) => server.status()));
        expect(after.map(({ startedAtMs }) => startedAtMs)).toEqual(before.map(({ startedAtMs }) => startedAtMs));
      }));
  });
}
