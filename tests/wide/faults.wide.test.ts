import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import Docker from 'dockerode';
import { describe, expect, it, onTestFinished } from 'vitest';
import { deriveOutcome, isolationPhase } from '../../engine/evaluation/index.ts';
import { faultCatalogue, holdFault, type InjectedFault } from '../../engine/faults/index.ts';
import type { Machine } from '../../engine/machine/index.ts';
import { FakeMachine } from '../../engine/machine/testing/index.ts';
import { faultKindSchema, presets, type Fault, type FaultKind, type LabEvent } from '../../engine/model/index.ts';
import type { ProbeContext } from '../../engine/probes/index.ts';
import { measureIsolation } from '../../engine/probes/isolation/index.ts';
import type { RunningUnit } from '../../engine/runtime/index.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';
import { failingOnce } from '../support/flaky.ts';
import { endsThoughItsTargetIsReplaced, faultTargets, shopUnderFaults } from '../support/shop-under-faults.ts';
import { eventually } from '../support/wait.ts';

/** One of every way in which a fault is done and undone: by the unit's hook, by the engine's limit, freezer, network and kill. All kinds are in tests/full. */
const oneOfEachWay: FaultKind[] = ['hang', 'cpu-starvation', 'freeze', 'partition', 'crash-stays-down'];

function everyFault(runtime: 'docker' | 'process') {
  const shop = shopUnderFaults(runtime);
  const { laboratory, contextOf, everythingRestored } = shop;
  const restartsBefore = new Map<string, number>();

  const inject = async (
    kind: FaultKind,
    skip: (reason: string) => never,
  ): Promise<{ injected: InjectedFault; fault: Fault }> => {
    const fault: Fault = { kind, module: 'recommendations', ...faultTargets[kind] };
    const definition = faultCatalogue[kind];
    const { deployment } = shop.running;
    for (const unit of deployment.units) restartsBefore.set(unit.name, (await unit.status()).restarts);
    const impossible = definition.impossible({ deployment, fault });
    if (impossible !== null) skip(impossible);
    return {
      fault,
      injected: await definition.inject({ deployment, fault, id: `${kind}-${Date.now()}`, limitMs: 20_000 }),
    };
  };
  /** Looks for the fault itself, not for its acknowledgement: in the unit's process, or at the hook. */
  const effectOf = async (kind: FaultKind, injected: InjectedFault): Promise<string> => {
    const unit = shop.running.deployment.units.find((candidate) => candidate.name === injected.unit);
    if (unit === undefined) throw new Error(`no unit ${injected.unit}`);
    const { state, restarts, cpuLimitCores } = await unit.status();
    switch (kind) {
      case 'none':
        return 'in effect';
      case 'cpu-starvation':
        return cpuLimitCores === 0.05 ? 'in effect' : `held to ${cpuLimitCores} cores`;
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
    shop.running.deployment.agent
      .request({ method: 'GET', url: `${unit.serviceUrl}/health/live`, timeoutMs: 500 })
      .then(
        () => 'reachable',
        () => 'in effect',
      );
  const restored = async (injected: InjectedFault) => {
    await injected.undo();
    expect(await injected.remaining()).toBeNull();
    for (const unit of shop.running.deployment.units) {
      await shop.running.deployment.agent.awaitReady(`${unit.serviceUrl}/health/ready`, {
        intervalMs: 20,
        timeoutMs: 20_000,
      });
      expect((await shop.running.deployment.control(unit.name).faults()).faults).toEqual([]);
    }
  };

  it.for(faultKindSchema.options)('%s ends restored', async (kind, { skip }) => {
    const done = await inject(kind, skip);
    await expect.poll(() => effectOf(kind, done.injected), { timeout: 20_000, interval: 20 }).toBe('in effect');
    await restored(done.injected);
    // Taking it back a second time changes nothing.
    await restored(done.injected);
  });

  it('a fault that nobody undoes ends by its own limit', async () => {
    const { deployment } = shop.running;
    const fault: Fault = { kind: 'hang', module: 'recommendations' };
    const injected = await faultCatalogue.hang.inject({ deployment, fault, id: 'forgotten', limitMs: 500 });
    await expect.poll(() => injected.remaining(), { timeout: 20_000 }).toBeNull();
  });

  // Every way a fault ends has a module of its own, so that restarts of one unit do not slow each other down.
  it.for(faultKindSchema.options)('%s ends restored when it is cancelled', async (kind, { skip }) => {
    const context = contextOf(kind, 'cart', skip);
    const controller = new AbortController();
    const held = holdFault(faultCatalogue[kind], context, {
      holdMs: 600_000,
      signal: controller.signal,
      onPhase: (phase) => {
        if (phase === 'active') controller.abort(new Error('cancelled by the test'));
      },
    });
    await expect(held).rejects.toThrow('cancelled by the test');
    await everythingRestored();
  });

  it.for(faultKindSchema.options)('%s ends restored when a call on the way back fails', async (kind, { skip }) => {
    const context = contextOf(kind, 'inventory', skip);
    const failing = failingOnce(shop.running.deployment);
    await holdFault(
      faultCatalogue[kind],
      { ...context, deployment: failing.deployment },
      {
        holdMs: 50,
        signal: new AbortController().signal,
        onPhase: (phase) => {
          if (phase === 'undoing') failing.arm();
        },
      },
    );
    await everythingRestored();
  });

  endsThoughItsTargetIsReplaced(shop, oneOfEachWay);

  /** The isolation probe with these faults in it. */
  const probe = (
    faults: Fault[],
    faultMs: number,
    {
      signal,
      onActive,
      machine = laboratory.machine,
    }: { signal: AbortSignal; onActive?: () => void; machine?: Machine },
  ): ProbeContext => {
    const { deployment } = shop.running;
    const experiment = presets.smoke.build(shop.application);
    const { isolation } = experiment.probes;
    if (isolation === null) throw new Error('the preset breaks nothing');
    return {
      deployment,
      experiment: {
        ...experiment,
        load: { ...experiment.load, journeysPerSecond: 5, deadlineMs: 5000 },
        probes: { ...experiment.probes, isolation: { ...isolation, faults, faultMs, baselineMs: 1000 } },
      },
      machine,
      roundId: 'probe',
      seed: 1,
      signal,
      onEvent: (event: LabEvent) => {
        if (event.type === 'fault' && event.phase === 'active') onActive?.();
      },
      ledger: [],
      generators: {},
      lines: {},
    };
  };

  const endless = (signal: AbortSignal, onActive: () => void, machine?: Machine) =>
    probe(
      [
        { kind: 'hang', module: 'recommendations' },
        { kind: 'errors', module: 'catalog' },
      ],
      300_000,
      { signal, onActive, machine },
    );

  /** On a machine that does other things a baseline may not be steady, and then nothing is broken: try again. */
  const oncePossible = async (attempt: () => Promise<boolean>) => {
    for (let left = 5; left > 0; left -= 1) if (await attempt()) return;
    throw new Error('no baseline was steady');
  };

  it('judges a partition from the entry by the module that nobody reaches any more', async ({ skip }) => {
    const fault: Fault = { kind: 'partition', module: shop.application.entry, peer: 'recommendations' };
    const impossible = faultCatalogue.partition.impossible({ deployment: shop.running.deployment, fault });
    if (impossible !== null) skip(impossible);
    await oncePossible(async () => {
      const context = probe([fault], 4000, { signal: new AbortController().signal });
      const [measured] = await measureIsolation(context);
      const slices = context.lines[isolationPhase] ?? [];
      const parted = measured === undefined ? null : deriveOutcome(measured, slices, shop.application);
      if (parted === null) return false;
      const needs = new Map(parted.endpoints.map(({ endpoint, need }) => [endpoint, need]));
      expect([needs.get('search'), needs.get('home'), needs.get('recommendations')]).toEqual([
        'none',
        'optional',
        'required',
      ]);
      expect(parted.isolationIndex).not.toBeNull();
      return true;
    });
    await everythingRestored();
  });

  it('is restored when it is cancelled, long before the fault would have ended', async () => {
    await oncePossible(async () => {
      const controller = new AbortController();
      let cancelled = false;
      const outcome = await measureIsolation(
        endless(controller.signal, () => {
          cancelled = true;
          controller.abort(new Error('cancelled by the test'));
        }),
      ).then(
        () => 'measured',
        (error: unknown) => String(error),
      );
      if (!cancelled) return false;
      expect(outcome).toBe('Error: cancelled by the test');
      return true;
    });
    await everythingRestored();
  });

  it('ends at once, with the reason in place of numbers, when the machine suffers', async () => {
    await oncePossible(async () => {
      const machine = new FakeMachine();
      let began = false;
      const measured = await measureIsolation(
        endless(
          new AbortController().signal,
          () => {
            began = true;
            machine.state = { ...machine.state, availableMemoryBytes: 2 ** 20 };
          },
          machine,
        ),
      );
      if (!began) return false;
      expect(measured.map(({ status }) => status)).toEqual(['aborted', 'aborted']);
      expect(measured[0]?.reason).toContain('only 1 MiB of memory left');
      return true;
    });
    await everythingRestored();
  });

  it('leaves nothing when the laboratory is killed in the middle of its faults', async () => {
    const session = `doomed-${runtime}-${process.pid}`;
    const program = path.join(import.meta.dirname, '..', 'support', 'doomed-laboratory.ts');
    const doomed = spawn(process.execPath, [program, runtime, session], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void doomed.kill('SIGKILL'));
    const said = await new Promise<string>((resolve, reject) => {
      doomed.once('exit', () => reject(new Error('the laboratory ended too early')));
      doomed.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    });
    const { done, pids, folders } = JSON.parse(said) as { done: string[]; pids: number[]; folders: string[] };
    expect(done).toEqual(expect.arrayContaining(['hang', 'freeze', 'crash-stays-down']));
    expect(await leftovers(session, pids, folders)).not.toEqual([]);
    doomed.kill('SIGKILL');
    await eventually('that nothing is left', async () =>
      (await leftovers(session, pids, folders)).length === 0 ? true : undefined,
    );
  });

  const leftovers = async (session: string, pids: readonly number[], folders: readonly string[]): Promise<string[]> => {
    if (runtime === 'process')
      return [...pids.filter(alive).map(String), ...folders.filter((folder) => existsSync(folder))];
    const docker = new Docker({ socketPath: testDockerHost().replace('unix://', '') });
    const filters = { label: [`cleave.session=${session}`] };
    const [containers, networks] = await Promise.all([
      docker.listContainers({ all: true, filters }),
      docker.listNetworks({ filters }),
    ]);
    return [...containers, ...networks].map(({ Id }) => Id);
  };
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('every fault in the process runtime', () => everyFault('process'));
describeWithEngine('every fault in the docker runtime', () => everyFault('docker'));
