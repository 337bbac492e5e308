import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployTopology, loadApplication, type SingleDeployment } from '../../engine/deploy/index.ts';
import { endFault, faultCatalogue, type FaultContext } from '../../engine/faults/index.ts';
import { namedTopology, type Application, type Fault, type FaultKind } from '../../engine/model/index.ts';
import { testLaboratory } from './laboratory.ts';

/** What a fault needs to be one, and where it belongs if not in the module that a test has for it. */
export const faultTargets: Partial<Record<FaultKind, Omit<Fault, 'kind'>>> = {
  slow: { module: 'recommendations', delayMs: 400 },
  'provider-outage': { module: 'payments' },
  'store-outage': { module: 'catalog' },
  'bad-release-errors': { module: 'recommendations', share: 1 },
  errors: { module: 'recommendations', share: 1 },
  partition: { module: 'recommendations', peer: 'storefront' },
};

/** Only these modules have the dependency that the fault takes away. */
const withDependency: Partial<Record<FaultKind, string>> = { 'provider-outage': 'payments' };

/** The shop as microservices, deployed once for all tests of a suite; what is in it is set when the first of them begins. */
export interface ShopUnderFaults {
  laboratory: ReturnType<typeof testLaboratory>;
  application: Application;
  running: SingleDeployment;
  /** A fault of this kind in that module, if the kind can be had there; calls `skip` with the reason if not. */
  contextOf: (kind: FaultKind, module: string, skip: (reason: string) => never) => FaultContext;
  /** Waits until every unit is ready and shows that all run and none has a fault left. */
  everythingRestored: () => Promise<void>;
}

export function shopUnderFaults(runtime: 'docker' | 'process'): ShopUnderFaults {
  const laboratory = testLaboratory();
  const shop: Partial<ShopUnderFaults> = {
    laboratory,
    contextOf: (kind, module, skip) => {
      const { deployment } = (shop as ShopUnderFaults).running;
      const fault: Fault = { kind, ...faultTargets[kind], module: withDependency[kind] ?? module };
      const impossible = faultCatalogue[kind].impossible({ deployment, fault });
      if (impossible !== null) skip(impossible);
      return { deployment, fault, id: `${module}-${kind}-${Date.now()}`, limitMs: 60_000 };
    },
    everythingRestored: async () => {
      const { deployment } = (shop as ShopUnderFaults).running;
      for (const unit of deployment.units) {
        await deployment.agent.awaitReady(`${unit.serviceUrl}/health/ready`, { intervalMs: 20, timeoutMs: 30_000 });
        expect((await unit.status()).state).toBe('running');
        expect((await deployment.control(unit.name).faults()).faults).toEqual([]);
      }
    },
  };

  beforeAll(async () => {
    const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const topology = namedTopology(application, 'microservices');
    if (topology === undefined) throw new Error('the shop has no topology "microservices"');
    shop.application = application;
    shop.running = await deployTopology({
      laboratory,
      application,
      topology,
      runtime,
      session: `faults-${runtime}-${process.pid}`,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
  });
  afterAll(async () => {
    await shop.running?.close();
    laboratory.remove();
  });
  return shop as ShopUnderFaults;
}

/** A fault whose target is killed and started again while it is in effect. */
export function endsThoughItsTargetIsReplaced(shop: ShopUnderFaults, kinds: readonly FaultKind[]): void {
  it.for([...kinds])('%s ends restored when its target is replaced meanwhile', async (kind, { skip }) => {
    const context = shop.contextOf(kind, 'notifications', skip);
    const { deployment } = shop.running;
    const injected = await faultCatalogue[kind].inject(context);
    const unit = deployment.unitHosting(context.fault.module);
    await unit.kill();
    await unit.start();
    await endFault(injected, kind, deployment.clock);
    await shop.everythingRestored();
  });
}
