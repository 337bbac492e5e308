import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployTopology, loadApplication, type SingleDeployment } from '../../engine/deploy/index.ts';
import { faultCatalogue, type InjectedFault } from '../../engine/faults/index.ts';
import {
  faultKindSchema,
  namedTopology,
  type Application,
  type Fault,
  type FaultKind,
} from '../../engine/model/index.ts';
import type { RunningUnit } from '../../engine/runtime/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { testLaboratory } from '../support/laboratory.ts';

/** What a fault in recommendations, or where it belongs, must do to the unit while it is on. */
const targets: Partial<Record<FaultKind, Omit<Fault, 'kind'>>> = {
  slow: { module: 'recommendations', delayMs: 400 },
  'provider-outage': { module: 'payments' },
  'store-outage': { module: 'catalog' },
  'bad-release-errors': { module: 'recommendations', share: 1 },
  errors: { module: 'recommendations', share: 1 },
  partition: { module: 'recommendations', peer: 'storefront' },
};

function everyFault(runtime: 'docker' | 'process') {
  const laboratory = testLaboratory();
  let application: Application;
  let running: SingleDeployment;
  const restartsBefore = new Map<string, number>();

  beforeAll(async () => {
    application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const topology = namedTopology(application, 'microservices');
    if (topology === undefined) throw new Error('the shop has no topology "microservices"');
    running = await deployTopology({
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
    await running?.close();
    laboratory.remove();
  });

  const inject = async (kind: FaultKind): Promise<{ injected: InjectedFault; fault: Fault } | null> => {
    const fault: Fault = { kind, module: 'recommendations', ...targets[kind] };
    const definition = faultCatalogue[kind];
    const { deployment } = running;
    for (const unit of deployment.units) restartsBefore.set(unit.name, (await unit.status()).restarts);
    if (definition.impossible({ deployment, fault }) !== null) return null;
    return {
      fault,
      injected: await definition.inject({ deployment, fault, id: `${kind}-${Date.now()}`, limitMs: 20_000 }),
    };
  };
  /** Looks for the fault itself, not for its acknowledgement: in the unit's process, or at the hook. */
  const effectOf = async (kind: FaultKind, injected: InjectedFault): Promise<string> => {
    const unit = running.deployment.units.find((candidate) => candidate.name === injected.unit);
    if (unit === undefined) throw new Error(`no unit ${injected.unit}`);
    const { state, restarts } = await unit.status();
    switch (kind) {
      case 'none':
      case 'cpu-starvation':
        return 'in effect';
      case 'crash':
      case 'out-of-memory':
        return restarts > (restartsBefore.get(unit.name) ?? 0) ? 'in effect' : 'not restarted yet';
      case 'crash-stays-down':
        return state === 'stopped' ? 'in effect' : state;
      case 'freeze':
        return state === 'paused' ? 'in effect' : state;
      case 'partition':
        return reachable(unit);
      default:
        return (await injected.remaining()) === null ? 'no hook' : 'in effect';
    }
  };
  const reachable = (unit: RunningUnit) =>
    running.deployment.agent.request({ method: 'GET', url: `${unit.serviceUrl}/health/live`, timeoutMs: 500 }).then(
      () => 'reachable',
      () => 'in effect',
    );
  const restored = async (injected: InjectedFault) => {
    await injected.undo();
    expect(await injected.remaining()).toBeNull();
    for (const unit of running.deployment.units) {
      await running.deployment.agent.awaitReady(`${unit.serviceUrl}/health/ready`, {
        intervalMs: 20,
        timeoutMs: 20_000,
      });
      expect((await running.deployment.control(unit.name).faults()).faults).toEqual([]);
    }
  };

  it.each(faultKindSchema.options)('%s ends restored', async (kind) => {
    const done = await inject(kind);
    if (done === null) return;
    await expect.poll(() => effectOf(kind, done.injected), { timeout: 20_000, interval: 20 }).toBe('in effect');
    await restored(done.injected);
    // Taking it back a second time changes nothing.
    await restored(done.injected);
  });

  it('a fault that nobody undoes ends by its own limit', async () => {
    const { deployment } = running;
    const fault: Fault = { kind: 'hang', module: 'recommendations' };
    const injected = await faultCatalogue.hang.inject({ deployment, fault, id: 'forgotten', limitMs: 500 });
    await expect.poll(() => injected.remaining(), { timeout: 20_000 }).toBeNull();
  });

  it('undo works on a unit whose process was replaced meanwhile', async () => {
    const { deployment } = running;
    const fault: Fault = { kind: 'slow', module: 'recommendations', delayMs: 100 };
    const injected = await faultCatalogue.slow.inject({ deployment, fault, id: 'replaced', limitMs: 20_000 });
    const unit = deployment.unitHosting('recommendations');
    await unit.kill();
    await unit.start();
    await deployment.agent.awaitReady(`${unit.serviceUrl}/health/ready`, { intervalMs: 20, timeoutMs: 20_000 });
    await restored(injected);
  });
}

describe('every fault in the process runtime', () => everyFault('process'));
describeWithEngine('every fault in the docker runtime', () => everyFault('docker'));
