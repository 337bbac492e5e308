import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  namedTopology,
  replacementStrategies,
  type LoadMeasurement,
  type ReplacementStrategy,
  type UnitState,
} from '../model/index.ts';
import type { FakeCall, FakeSite, ScriptedCall } from '../runtime/testing/index.ts';
import { deployTopology, type SingleDeployment } from './index.ts';
import { fakeLaboratory } from './testing/index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

interface Subject {
  single: SingleDeployment;
  /** What happened to instances since it was up: `back#1 ready`. */
  states: string[];
  /** Calls of the engine from `watch` on. */
  calls: ScriptedCall[];
  /** Is played at every call from `watch` on. */
  watch: (script: (call: ScriptedCall) => void | Promise<void>) => void;
  left: () => string[];
  /** Fails requests of the agent whose URL ends like this. */
  break: (ending: string) => void;
  /** Fails so many orders to a unit to replace its lists, after so many that are carried out. */
  fail: (unit: string, times: number, after?: number) => void;
  /** Is called when anybody is about to be told new lists. */
  onTold: (listener: () => void) => void;
  /** Lets the next order to a unit to replace its lists come to it only when the returned function is called. */
  holdBack: (unit: string) => () => void;
  /** Instances of the entry that people are led to. */
  led: () => readonly number[];
}

async function deployed(topologyName = 'microservices', instances: Record<string, number> = {}): Promise<Subject> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-replace-'));
  folders.push(folder);
  let script: ((call: ScriptedCall) => void | Promise<void>) | null = null;
  const calls: ScriptedCall[] = [];
  const states: string[] = [];
  const broken: string[] = [];
  let told: () => void = () => undefined;
  const failing = new Map<string, { times: number; after: number }>();
  const heldBack = new Map<string, Promise<void>>();
  const laboratory = await fakeLaboratory({
    folder,
    script: async (call) => {
      if (script === null) return;
      calls.push(call);
      await script(call);
    },
    onCommand: async (command) => {
      if ('url' in command && broken.some((ending) => String(command.url).endsWith(ending)))
        throw new Error('nobody answers');
      if (!('url' in command) || !String(command.url).endsWith('/addresses')) return;
      told();
      const { hostname } = new URL(String(command.url));
      const held = heldBack.get(hostname);
      heldBack.delete(hostname);
      await held;
      const orders = failing.get(hostname);
      if (orders === undefined || orders.after-- > 0) return;
      if (orders.times-- > 0) throw new Error('nobody answers');
    },
  });
  const { application } = laboratory;
  const named = namedTopology(application, topologyName);
  if (named === undefined) throw new Error(`no topology ${topologyName}`);
  const topology = { ...named, units: named.units.map((unit) => ({ ...unit, instances: instances[unit.name] })) };
  const single = await deployTopology({
    ...{ laboratory, application, topology },
    runtime: 'auto',
    session: 'replace',
    signal: new AbortController().signal,
    onEvent: (event) => {
      if (event.type === 'unit-state')
        states.push(`${event.unit}#${event.instance ?? 0} ${event.state satisfies UnitState}`);
    },
  });
  states.length = 0;
  const hostOf = (unit: string): string => new URL(single.deployment.site.addressOf(unit).controlUrl).hostname;
  return {
    ...{ single, states, calls },
    watch: (next) => {
      script = next;
    },
    left: () => laboratory.runtimes.flatMap((runtime) => runtime.left),
    break: (ending) => void broken.push(ending),
    onTold: (listener) => {
      told = listener;
    },
    fail: (unit, times, after = 0) => void failing.set(hostOf(unit), { times, after }),
    holdBack: (unit) => {
      let letGo: () => void = () => undefined;
      heldBack.set(hostOf(unit), new Promise((resolve) => (letGo = resolve)));
      return letGo;
    },
    led: () => (single.deployment.site as FakeSite).led,
  };
}

const unitsOf = ({ single }: Subject): string[] => single.deployment.variant.topology.units.map(({ name }) => name);
const servingOf = ({ single }: Subject): Record<string, number[]> =>
  Object.fromEntries(
    single.deployment.variant.topology.units.map(({ name }) => [
      name,
      single.deployment.serving(name).map(({ instance }) => instance),
    ]),
  );
const runningOf = ({ single }: Subject): string[] =>
  single.deployment.site.units.map(({ name, instance }) => `${name}#${instance}`).toSorted();

/** A load on the entry for that long, ms. */
function load({ single: { deployment } }: Subject, durationMs: number): Promise<LoadMeasurement> {
  const { application } = deployment;
  return deployment.agent.startLoad({
    baseUrl: deployment.entryUrl,
    journeys: application.journeys,
    stages: [{ journeysPerSecond: 200, durationMs }],
    arrivals: 'constant',
    ...{ seed: 1, deadlineMs: 1000, maxConnections: 64, sliceMs: 50, traceShare: 0, ledger: false, identitySalt: '' },
  }).done;
}
const lostIn = (measured: LoadMeasurement): number =>
  Object.values(measured.endpoints).reduce((sum, { scheduled, good }) => sum + scheduled - good, 0);

describe.each(['monolith', 'microservices'])('units of a %s are replaced', (topology) => {
  it.each(['rolling', 'blue-green'] as const)('%s, without losing a request', async (strategy) => {
    const subject = await deployed(topology);
    const measuring = load(subject, 4000);
    const replaced = await subject.single.deployment.replace({ units: unitsOf(subject), strategy });
    expect(lostIn(await measuring)).toBe(0);
    expect(servingOf(subject)).toEqual(Object.fromEntries(unitsOf(subject).map((unit) => [unit, [1]])));
    expect(runningOf(subject)).toEqual(
      unitsOf(subject)
        .map((unit) => `${unit}#1`)
        .toSorted(),
    );
    expect(replaced.map(({ unit, from, to }) => [unit, from, to])).toEqual(
      unitsOf(subject).map((unit) => [unit, 0, 1]),
    );
    for (const { createStartMs, createdMs, startedMs, readyMs, switchedMs, drainedMs, removedMs } of replaced) {
      const marks = [createStartMs, createdMs, startedMs, readyMs, switchedMs, drainedMs ?? -1, removedMs];
      expect(marks).toEqual(marks.toSorted((a, b) => a - b));
    }
    await subject.single.close();
    expect(subject.left()).toEqual([]);
  });

  it('recreate, and what is asked meanwhile is lost', async () => {
    const subject = await deployed(topology);
    const measuring = load(subject, 4000);
    const replaced = await subject.single.deployment.replace({ units: unitsOf(subject), strategy: 'recreate' });
    expect(lostIn(await measuring)).toBeGreaterThan(0);
    expect(replaced.map(({ unit, from, to }) => [unit, from, to])).toEqual(
      unitsOf(subject).map((unit) => [unit, 0, 0]),
    );
    expect(runningOf(subject)).toEqual(
      unitsOf(subject)
        .map((unit) => `${unit}#0`)
        .toSorted(),
    );
    expect(lostIn(await load(subject, 1000))).toBe(0);
    await subject.single.close();
    expect(subject.left()).toEqual([]);
  });
});

describe('a replacement', () => {
  it('tells what becomes of whom, and gives every instance a number of its own', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    await deployment.replace({ units: ['work'], strategy: 'rolling' });
    expect(subject.states).toEqual(['work#1 creating', 'work#1 starting', 'work#1 ready', 'work#0 stopped']);
    await deployment.replace({ units: ['work'], strategy: 'rolling' });
    expect(servingOf(subject)['work']).toEqual([2]);
    expect(deployment.unitHosting('work').instance).toBe(2);
    expect((await deployment.control('work').identity()).instance).toBe(2);
    expect(() => deployment.control('work', 0)).toThrow('instance 0 of unit "work" is not running');
    expect((await deployment.observe()).map(({ unit, instance }) => `${unit}#${instance}`)).toContain('work#2');
    await subject.single.close();
  });

  it('is one at a time, and of units that there are', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    const first = deployment.replace({ units: ['work'], strategy: 'rolling' });
    await expect(deployment.replace({ units: ['work'], strategy: 'rolling' })).rejects.toThrow(
      'instances are being replaced already; wait for the end of that',
    );
    await first;
    await expect(deployment.replace({ units: ['ghost'], strategy: 'rolling' })).rejects.toThrow(
      /there is no unit "ghost"; there are .*work/,
    );
    await subject.single.close();
  });

  it('that does not let what is under way end says so', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    await deployment
      .control('work')
      .inject({ id: 'stuck', module: 'work', kind: 'hang', parameters: {}, limitMs: 600_000 });
    const [replaced] = await deployment.replace({ units: ['work'], strategy: 'rolling' });
    expect(replaced).toMatchObject({ from: 0, to: 1, drainedMs: null });
    await subject.single.close();
  });

  it('is told back to whoever heard of it, also to one that is out of reach for a moment', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    // Another caller cannot be told; by then the entry, which heard of the new one, has crashed and comes back.
    subject.fail('extra', 1);
    subject.fail('front', 3, 1);
    await expect(deployment.replace({ units: ['work'], strategy: 'rolling' })).rejects.toThrow(
      'unit "extra" could not be told which instances of work serve now',
    );
    expect(runningOf(subject)).not.toContain('work#1');
    expect(lostIn(await load(subject, 1000))).toBe(0);
    await subject.single.close();
  });

  it('that is cancelled while a caller hangs is undone soon, and carried through where all answer', async () => {
    for (const isHeld of [true, false]) {
      const subject = await deployed();
      const { deployment } = subject.single;
      const extra = deployment.unitHosting('extra');
      if (isHeld) await extra.pause();
      const cancelled = new AbortController();
      subject.onTold(() => cancelled.abort(new Error('changed my mind')));
      const { signal } = cancelled;
      const fromMs = deployment.clock.nowMs();
      const replacing = deployment.replace({ units: ['work'], strategy: 'rolling', signal });
      await (isHeld ? expect(replacing).rejects.toThrow('changed my mind') : replacing);
      expect(deployment.clock.nowMs() - fromMs).toBeLessThan(isHeld ? 30_000 : 10_000);
      expect(servingOf(subject)['work']).toEqual([isHeld ? 0 : 1]);
      if (isHeld) await extra.resume();
      expect(lostIn(await load(subject, 1000))).toBe(0);
      await subject.single.close();
    }
  });

  it('leads nobody to a new one that ended after it was ready', async () => {
    for (const strategy of ['rolling', 'blue-green'] as const) {
      const subject = await deployed();
      const { deployment } = subject.single;
      // Asked for its state it is looked at for the last time before it serves.
      subject.watch(async ({ call, unit }) => {
        if (call !== 'status' || unit !== 'work') return;
        const fresh = deployment.site.units.find(({ name, instance }) => name === 'work' && instance > 0);
        subject.watch(() => undefined);
        await fresh?.kill();
      });
      await expect(deployment.replace({ units: ['work'], strategy })).rejects.toThrow(
        'unit "work" was ready and ended before anybody was led to it',
      );
      subject.watch(() => undefined);
      expect(servingOf(subject)['work']).toEqual([0]);
      expect(runningOf(subject).filter((name) => name.startsWith('work'))).toEqual(['work#0']);
      expect(lostIn(await load(subject, 1000))).toBe(0);
      await subject.single.close();
    }
  });

  it('does not wait for an old one that stands still', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    subject.onTold(() => void deployment.site.units.find(({ name }) => name === 'work')?.pause());
    const fromMs = deployment.clock.nowMs();
    const [replaced] = await deployment.replace({ units: ['work'], strategy: 'rolling' });
    expect(replaced).toMatchObject({ from: 0, to: 1, drainedMs: null });
    expect(deployment.clock.nowMs() - fromMs).toBeLessThan(10_000);
    await subject.single.close();
  });

  it('is refused while the deployment is held still, whatever is asked for', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    await deployment.park();
    const asked = [
      () => deployment.replace({ units: ['work'], strategy: 'rolling' }),
      () => deployment.addInstance('extra'),
      () => deployment.takeInstanceBack('extra'),
      () => deployment.release({ changes: ['better-work'], strategy: 'rolling' }),
      () => deployment.takeBack({ strategy: 'rolling' }),
    ];
    for (const ask of asked) await expect(ask()).rejects.toThrow('the deployment is held still');
    await deployment.unpark();
    await deployment.addInstance('extra');
    expect(servingOf(subject)['extra']).toEqual([0, 1]);
    await subject.single.close();
  });

  it('is undone where a caller cannot be told', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    const entry = deployment.unitHosting(deployment.application.entry);
    await entry.kill();
    await expect(deployment.replace({ units: ['work'], strategy: 'rolling' })).rejects.toThrow('refused');
    expect(servingOf(subject)['work']).toEqual([0]);
    expect(runningOf(subject)).not.toContain('work#1');
    await entry.start();
    await deployment.replace({ units: ['work'], strategy: 'rolling' });
    expect(servingOf(subject)['work']).toEqual([2]);
    await subject.single.close();
  });

  it('brings a unit back whose last one could not be started', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    let failing = true;
    subject.watch(({ call }) => {
      if (failing && call === 'start-unit') throw new Error('no room');
    });
    await expect(deployment.replace({ units: ['work'], strategy: 'rolling' })).rejects.toThrow('no room');
    // Whoever was told that there is one is told that there is none.
    expect(subject.states).toEqual(['work#1 creating', 'work#1 stopped']);
    await expect(deployment.replace({ units: ['work'], strategy: 'recreate' })).rejects.toThrow('no room');
    expect(servingOf(subject)['work']).toEqual([]);
    expect(() => deployment.unitHosting('work')).toThrow('unit "work" is not running');
    await expect(deployment.replace({ units: ['work'], strategy: 'rolling' })).rejects.toThrow(
      'unit "work" has no instance that serves; start it anew with the strategy recreate',
    );
    failing = false;
    await deployment.replace({ units: ['work'], strategy: 'recreate' });
    expect(lostIn(await load(subject, 1000))).toBe(0);
    await subject.single.close();
    expect(subject.left()).toEqual([]);
  });

  it('brings a unit back where its callers look for it, as many as there were', async () => {
    const subject = await deployed('microservices', { extra: 3 });
    const { deployment } = subject.single;
    await deployment.replace({ units: ['work'], strategy: 'rolling' });
    let failing = true;
    subject.watch(({ call, unit }) => {
      if (failing && call === 'start-unit' && unit !== 'front') throw new Error('no room');
    });
    for (const unit of ['work', 'extra'])
      await expect(deployment.replace({ units: [unit], strategy: 'recreate' })).rejects.toThrow('no room');
    expect(servingOf(subject)).toEqual({ front: [0], work: [], extra: [] });
    // A caller that is started meanwhile looks for them at the same places.
    await deployment.replace({ units: ['front'], strategy: 'rolling' });
    failing = false;
    await deployment.replace({ units: ['work', 'extra'], strategy: 'recreate' });
    expect(servingOf(subject)).toEqual({ front: [1], work: [1], extra: [0, 1, 2] });
    expect(lostIn(await load(subject, 1000))).toBe(0);
    await subject.single.close();
  });

  it('of everything starts as many of a unit of which none is left as there were', async () => {
    const subject = await deployed('microservices', { extra: 3 });
    const { deployment } = subject.single;
    let failing = true;
    subject.watch(({ call }) => {
      if (failing && call === 'start-unit') throw new Error('no room');
    });
    await expect(deployment.replace({ units: ['extra'], strategy: 'recreate' })).rejects.toThrow('no room');
    failing = false;
    await deployment.replace({ units: unitsOf(subject), strategy: 'blue-green' });
    expect(servingOf(subject)).toEqual({ front: [1], work: [1], extra: [3, 4, 5] });
    expect(lostIn(await load(subject, 1000))).toBe(0);
    await subject.single.close();
  });

  it('leads people to every instance of the entry, however they were replaced', async () => {
    const subject = await deployed('microservices', { front: 2 });
    const { deployment } = subject.single;
    expect(subject.led()).toEqual([0, 1]);
    await deployment.replace({ units: ['front'], strategy: 'recreate' });
    expect(subject.led()).toEqual([0, 1]);
    await deployment.replace({ units: ['front'], strategy: 'rolling' });
    expect(subject.led()).toEqual([2, 3]);
    await deployment.replace({ units: ['front'], strategy: 'recreate' });
    expect(subject.led()).toEqual([2, 3]);
    await subject.single.close();
  });

  it('that was given up leads nobody any more, however late a caller answers', async () => {
    for (const unit of ['work', 'front']) {
      const subject = await deployed();
      const { deployment } = subject.single;
      const cancelled = new AbortController();
      subject.onTold(() => cancelled.abort(new Error('changed my mind')));
      // The order comes to it after the one that takes it back.
      const caller = unit === 'front' ? 'extra' : 'front';
      const letGo = subject.holdBack(caller);
      const { signal } = cancelled;
      await expect(deployment.replace({ units: [unit], strategy: 'rolling', signal })).rejects.toThrow(
        'changed my mind',
      );
      expect(runningOf(subject)).toEqual(['extra#0', 'front#0', 'work#0']);
      letGo();
      // Whatever is told late is told before anything else.
      await deployment.addInstance('extra');
      expect(subject.led()).toEqual([0]);
      expect(lostIn(await load(subject, 1000))).toBe(0);
      await subject.single.close();
    }
  });

  it('ends an old one that would not go before anything else is changed', async () => {
    for (const change of ['replace', 'take back'] as const) {
      const subject = await deployed();
      const { deployment } = subject.single;
      let failing = true;
      subject.watch(({ call }) => {
        if (failing && call === 'remove') throw new Error('it will not go');
      });
      await expect(deployment.replace({ units: ['work'], strategy: 'rolling' })).rejects.toThrow('it will not go');
      // It is carried through for whoever calls it.
      expect(servingOf(subject)['work']).toEqual([1]);
      expect(runningOf(subject)).toEqual(['extra#0', 'front#0', 'work#0', 'work#1']);
      expect(deployment.units.map(({ name, instance }) => `${name}#${instance}`)).toContain('work#0');
      await expect(deployment.takeInstanceBack('work')).rejects.toThrow('it will not go');
      failing = false;
      if (change === 'replace') await deployment.replace({ units: ['extra'], strategy: 'rolling' });
      else await deployment.takeInstanceBack('work');
      expect(runningOf(subject)).toEqual(['extra#' + (change === 'replace' ? 1 : 0), 'front#0', 'work#1']);
      await expect(deployment.takeInstanceBack('work')).rejects.toThrow('unit "work" has one instance, which stays');
      expect(lostIn(await load(subject, 1000))).toBe(0);
      await subject.single.close();
      expect(subject.left()).toEqual([]);
    }
  });

  it('ends a new one that could not take over, and would not go, before anything else is changed', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    let failing = true;
    subject.watch(({ call }) => {
      if (failing && (call === 'remove' || call === 'status')) throw new Error('it will not go');
    });
    await expect(deployment.replace({ units: ['work'], strategy: 'rolling' })).rejects.toThrow('it will not go');
    expect(servingOf(subject)['work']).toEqual([0]);
    expect(runningOf(subject)).toContain('work#1');
    failing = false;
    await deployment.replace({ units: ['work'], strategy: 'rolling' });
    expect(runningOf(subject)).toEqual(['extra#0', 'front#0', 'work#2']);
    await subject.single.close();
  });

  it('of everything ends all old ones, also where one of the entry will not go', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    subject.watch(({ call, unit }) => {
      if (call === 'remove' && unit === 'front') throw new Error('it will not go');
    });
    await expect(deployment.replace({ units: unitsOf(subject), strategy: 'blue-green' })).rejects.toThrow(
      'it will not go',
    );
    expect(servingOf(subject)).toEqual({ front: [1], work: [1], extra: [1] });
    expect(runningOf(subject)).toEqual(['extra#1', 'front#0', 'front#1', 'work#1']);
    await subject.single.close();
  });
});

describe('a unit whose modules only read', () => {
  it('has as many instances as its topology says, and callers know all of them', async () => {
    const subject = await deployed('microservices', { extra: 3, front: 2 });
    const { deployment } = subject.single;
    expect(servingOf(subject)).toEqual({ front: [0, 1], work: [0], extra: [0, 1, 2] });
    expect(deployment.measurement.units.map(({ unit, instance = 0 }) => `${unit}#${instance}`)).toHaveLength(6);
    await deployment.replace({ units: ['extra', 'front'], strategy: 'rolling' });
    expect(servingOf(subject)).toEqual({ front: [2, 3], work: [0], extra: [3, 4, 5] });
    const replaced = await deployment.replace({ units: unitsOf(subject), strategy: 'blue-green' });
    expect(servingOf(subject)).toEqual({ front: [4, 5], work: [1], extra: [6, 7, 8] });
    expect(replaced.filter(({ unit }) => unit === 'extra').map(({ from, to }) => [from, to])).toEqual([
      [3, 6],
      [4, 7],
      [5, 8],
    ]);
    expect(lostIn(await load(subject, 500))).toBe(0);
    await subject.single.close();
    expect(subject.left()).toEqual([]);
  });

  it('gets one more and gives it back, without losing a request', async () => {
    const subject = await deployed();
    const { deployment } = subject.single;
    const measuring = load(subject, 3000);
    expect(await deployment.addInstance('extra')).toMatchObject({ name: 'extra', instance: 1 });
    expect(servingOf(subject)['extra']).toEqual([0, 1]);
    await deployment.takeInstanceBack('extra');
    expect(servingOf(subject)['extra']).toEqual([0]);
    expect(lostIn(await measuring)).toBe(0);
    await expect(deployment.takeInstanceBack('extra')).rejects.toThrow('unit "extra" has one instance, which stays');
    await subject.single.close();
  });

  it('gives the youngest back, wherever it stands in the list of its callers', async () => {
    const subject = await deployed('microservices', { extra: 2 });
    const { deployment } = subject.single;
    let starts = 0;
    subject.watch(({ call }) => {
      if (call === 'start-unit' && (starts += 1) === 2) throw new Error('no room');
    });
    await expect(deployment.replace({ units: ['extra'], strategy: 'rolling' })).rejects.toThrow('no room');
    expect(servingOf(subject)['extra']).toEqual([2, 1]);
    await deployment.takeInstanceBack('extra');
    expect(servingOf(subject)['extra']).toEqual([1]);
    await subject.single.close();
  });

  it('is the only one that may: others would write to one store', async () => {
    const subject = await deployed();
    await expect(subject.single.deployment.addInstance('work')).rejects.toThrow(
      'unit "work" can have one instance only: work writes to a store that instances cannot share; with store "postgres" or "postgres-per-unit" they can',
    );
    await expect(subject.single.deployment.addInstance('ghost')).rejects.toThrow('there is no unit "ghost"');
    expect(runningOf(subject)).toEqual(['extra#0', 'front#0', 'work#0']);
    await subject.single.close();
  });
});

/** What must hold however a replacement ended: as many instances as are told to serve, one or none of each unit, and nothing after the end. */
async function assertWhole(subject: Subject, strategy: ReplacementStrategy): Promise<void> {
  const serving = servingOf(subject);
  const numbered = Object.entries(serving).flatMap(([unit, instances]) => instances.map((one) => `${unit}#${one}`));
  expect(runningOf(subject)).toEqual(numbered.toSorted());
  for (const [unit, instances] of Object.entries(serving)) {
    expect(instances.length, `instances of ${unit} that serve`).toBeLessThanOrEqual(1);
    if (strategy !== 'recreate') expect(instances.length, `instances of ${unit} that serve`).toBe(1);
  }
  if (Object.values(serving).every(({ length }) => length === 1)) expect(lostIn(await load(subject, 500))).toBe(0);
}

describe.each(replacementStrategies)('whatever fails in a replacement, %s', (strategy) => {
  const points = async (): Promise<{ call: FakeCall; index: number }[]> => {
    const subject = await deployed();
    subject.watch(() => undefined);
    await subject.single.deployment.replace({ units: unitsOf(subject), strategy });
    const calls = subject.calls.map(({ call }, index) => ({ call, index }));
    await subject.single.close();
    return calls;
  };

  it.each([
    ['an engine that stumbles at any call', false],
    ['a cancel at any call', true],
  ])('%s leaves one that serves or none, and nothing over', async (_what, cancels) => {
    const all = await points();
    expect(all.length).toBeGreaterThan(3);
    for (const { call, index } of all) {
      const subject = await deployed();
      const cancelled = new AbortController();
      let at = 0;
      subject.watch(() => {
        if (at++ !== index) return;
        if (cancels) cancelled.abort(new Error('changed my mind'));
        else throw new Error(`stumbled at ${call}`);
      });
      const outcome = await subject.single.deployment
        .replace({ units: unitsOf(subject), strategy, signal: cancelled.signal })
        .then(
          () => null,
          (error: unknown) => error,
        );
      if (!cancels) expect(String(outcome), `${call} ${index}`).toMatch(/stumbled|null/);
      else expect(String(outcome), `${call} ${index}`).toMatch(/changed my mind|null/);
      subject.watch(() => undefined);
      await assertWhole(subject, strategy);
      await subject.single.close();
      expect(subject.left(), `${call} ${index}`).toEqual([]);
    }
  });
});
