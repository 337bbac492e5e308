import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import { namedTopology, type Application, type ReplacementStrategy } from '../../engine/model/index.ts';
import { testLaboratory } from './laboratory.ts';
import { replaceUnderLoad, type ReplacementOutcome } from './replacement-campaign.ts';

const journeysPerSecond = 20;

/** Replaces every unit of the shop, in each of these cuts, so many times while people buy, and prints what that cost them. */
export function replacedShop(
  runtime: 'docker' | 'process',
  { cuts, times }: { cuts: readonly string[]; times: number },
): void {
  const laboratory = testLaboratory();
  let application: Application;
  beforeAll(async () => {
    application = await loadApplication(laboratory.applicationsDirectory, 'shop');
  });
  afterAll(() => laboratory.remove());

  async function replaced(cut: string, strategy: ReplacementStrategy, count: number): Promise<ReplacementOutcome> {
    const topology = namedTopology(application, cut);
    if (topology === undefined) throw new Error(`the shop has no topology "${cut}"`);
    const running = await deployTopology({
      ...{ laboratory, application, topology, runtime },
      session: `replaced-${runtime}-${process.pid}-${cut}-${strategy}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    try {
      const outcome = await replaceUnderLoad(running.deployment, {
        strategy,
        times: count,
        journeysPerSecond,
        seed: 7,
      });
      const { requests, lost, late, failures, anomalies } = outcome;
      console.log(
        `${runtime}, ${cut}, ${strategy}: ${outcome.replaced} instances replaced, ${requests} requests, ${lost} lost, ${late} late${[...failures, ...anomalies].map((one) => `; ${one}`).join('')}`,
      );
      return outcome;
    } finally {
      await running.close();
    }
  }

  describe.each(cuts)('%s', (cut) => {
    it(`rolls each unit over ${times} times without losing a request, and its books add up`, async () => {
      const { lost, failures, anomalies, requests } = await replaced(cut, 'rolling', times);
      expect(requests).toBeGreaterThan(10 * times);
      expect({ lost, failures, anomalies }).toEqual({ lost: 0, failures: [], anomalies: [] });
    });

    it('is switched over at once without losing a request, and its books add up', async () => {
      const { lost, failures, anomalies } = await replaced(cut, 'blue-green', Math.ceil(times / 5));
      expect({ lost, failures, anomalies }).toEqual({ lost: 0, failures: [], anomalies: [] });
    });

    it('loses what is asked while a unit is stopped and started anew, and its books add up', async () => {
      const { lost, anomalies } = await replaced(cut, 'recreate', 3);
      expect(lost).toBeGreaterThan(0);
      expect(anomalies).toEqual([]);
    });
  });
}
