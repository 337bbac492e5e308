import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadApplication } from '../../engine/deploy/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import {
  failingIn,
  presets,
  togetherOf,
  unreachedIn,
  type ContractChange,
  type Experiment,
  type Result,
  type RuntimeKind,
} from '../../engine/model/index.ts';
import { testLaboratory } from './laboratory.ts';

/** Releases changes of the shop's contracts by halves, in cuts of several units, and holds what is seen against what is foretold. */
export function skewedShop(runtime: RuntimeKind): void {
  const laboratory = testLaboratory();
  const cuts = ['macroservices', 'microservices'];
  let result: Result;
  beforeAll(async () => {
    const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const release = presets.release.build(application, {});
    const changes = [
      'empty-cart-says-what-to-do',
      'prices-have-a-currency',
      'products-have-no-category',
      'unit-price-at-once',
    ];
    const experiment: Experiment = {
      ...release,
      // In one unit no two versions meet.
      variants: release.variants.filter(({ name }) => cuts.includes(name)),
      ...{ runtime, blocks: 1, maxRepeats: 0, warmUp: { minMs: 1000, maxMs: 2000, minRequests: 50 } },
      probes: { ...release.probes, redeployment: { changes, strategy: 'rolling' } },
    };
    result = await runExperiment(experiment, {
      ...{ laboratory, signal: new AbortController().signal, onEvent: () => undefined },
    });
  }, 600_000);
  afterAll(() => laboratory.remove());

  const contractsOf = (change: string, variant: string): ContractChange => {
    const round = result.rounds.find((one) => one.variant === variant);
    const contracts = round?.redeployment?.find((one) => one.change === change)?.contracts;
    if (contracts === undefined)
      throw new Error(`nothing was seen of ${change} in ${variant}: ${round?.reasons.join()}`);
    return contracts;
  };

  it('what leaves contracts alone has no halves', () => {
    for (const cut of cuts)
      expect(contractsOf('empty-cart-says-what-to-do', cut)).toEqual({ differences: [], backward: [], skews: [] });
  });

  it.each([
    ['prices-have-a-currency', 'providers-first'],
    ['products-have-no-category', 'callers-first'],
    ['unit-price-at-once', 'at-once'],
  ] as const)('%s: what the contracts foretell is seen, and nothing else', (change, together) => {
    for (const cut of cuts) {
      const contracts = contractsOf(change, cut);
      expect(togetherOf(contracts, failingIn), `${change} in ${cut}`).toBe(together);
      for (const skew of contracts.skews) {
        const unreached = unreachedIn(skew);
        const askable = skew.predicted.filter((endpoint) => !unreached.includes(endpoint));
        expect(failingIn(skew), `${change} in ${cut}`).toEqual(askable);
      }
    }
  });

  it('an addition breaks nobody who has the old contract, a removal does', () => {
    const levels = (change: string): string[] =>
      [...new Set(contractsOf(change, 'microservices').differences.map(({ level }) => level))].toSorted();
    expect(levels('prices-have-a-currency')).toEqual(['harmless']);
    expect(levels('products-have-no-category')).toContain('breaking');
  });
}
