import { expect, it } from 'vitest';
import {
  DATABASE_IS_UP,
  EngineError,
  type RunningUnit,
  type Runtime,
  type Site,
  type UnitEvent,
} from '../../engine/runtime/index.ts';
import { eventually } from './wait.ts';

/** A site of a runtime with nothing in it yet. */
export interface ContractSubject {
  runtime: Runtime;
  site: Site;
  /** What happened to its units so far. */
  events: readonly UnitEvent[];
  /** Starts a unit and waits until its process answers. */
  start: (name: string) => Promise<RunningUnit>;
  /** Starts one without waiting. */
  startNow: (name: string, options?: { instance?: number }) => Promise<RunningUnit>;
  /** Lets time pass where it does not by itself. */
  wait?: (ms: number) => Promise<void>;
  /** Makes its process end with code 1. */
  crash: (unit: RunningUnit) => Promise<void>;
}

/** What everything above a runtime relies on, whichever it is: the same for containers, processes and the one that is made of memory. */
export function runtimeContract(subject: () => ContractSubject): void {
  const seen = (unit: string, kind: UnitEvent['kind']): UnitEvent | undefined =>
    subject().events.find((event) => event.unit === unit && event.kind === kind);
  const happened = (unit: string, kind: UnitEvent['kind']) => eventually(`${kind} of ${unit}`, () => seen(unit, kind));

  it('starts units side by side, lists them and says how long it took', async () => {
    const { site, start } = subject();
    const units = await Promise.all([start('entry'), start('other')]);
    expect(site.units.map(({ name }) => name).toSorted()).toEqual(['entry', 'other']);
    for (const unit of units) {
      const { createStartMs, createdMs, startedMs } = unit.marks;
      expect([createStartMs, createdMs, startedMs]).toEqual(
        [createStartMs, createdMs, startedMs].toSorted((a, b) => a - b),
      );
      expect(await unit.status()).toMatchObject({ state: 'running', restarts: 0, outOfMemory: false, exitCode: null });
      await happened(unit.name, 'start');
    }
  });

  it('starts again what crashes, and counts it', async () => {
    const { start, crash } = subject();
    const entry = await start('entry');
    await crash(entry);
    expect((await happened('entry', 'die')).exitCode).toBe(1);
    await happened('entry', 'restart');
    expect(await entry.status()).toMatchObject({ state: 'running', restarts: 1, outOfMemory: false });
  });

  it('leaves down what was killed until it is started, which is no restart', async () => {
    const { start } = subject();
    const entry = await start('entry');
    await entry.kill();
    await happened('entry', 'die');
    expect(await entry.status()).toMatchObject({ state: 'stopped', exitCode: 137 });
    await entry.kill();
    await entry.start();
    expect(await entry.status()).toMatchObject({ state: 'running', restarts: 0 });
    await entry.start();
    expect(seen('entry', 'restart')).toBeUndefined();
  });

  it('freezes and thaws, each once however often it is asked', async () => {
    const { start, runtime } = subject();
    if (!runtime.capabilities.pause) return;
    const entry = await start('entry');
    await entry.pause();
    await entry.pause();
    expect((await entry.status()).state).toBe('paused');
    await entry.resume();
    await entry.resume();
    expect((await entry.status()).state).toBe('running');
    await happened('entry', 'resume');
    expect(subject().events.filter(({ kind }) => kind === 'pause' || kind === 'resume')).toHaveLength(2);
  });

  it('limits the CPU and gives it back, or says that it cannot', async () => {
    const { start, runtime } = subject();
    const entry = await start('entry');
    if (!runtime.capabilities.cpuQuota) {
      await expect(entry.limitCpu(0.1)).rejects.toThrow(EngineError);
      return;
    }
    const before = (await entry.status()).cpuLimitCores;
    await entry.limitCpu(0.1);
    expect((await entry.status()).cpuLimitCores).toBeCloseTo(0.1);
    await entry.limitCpu(0.15, { periodMs: 10 });
    expect((await entry.status()).cpuLimitCores).toBeCloseTo(0.15);
    await entry.limitCpu(null);
    expect((await entry.status()).cpuLimitCores).toBe(before);
    await expect(entry.limitCpu(0)).rejects.toThrow(EngineError);
  });

  it('cuts a unit off and joins it again however often it is asked, or says that it cannot', async () => {
    const { start, runtime } = subject();
    const other = await start('other');
    if (!runtime.capabilities.partition) {
      await expect(other.disconnect()).rejects.toThrow(EngineError);
      return;
    }
    for (const step of ['disconnect', 'disconnect', 'connect', 'connect'] as const) await other[step]();
    expect((await other.status()).state).toBe('running');
  });

  it('takes a name once at a time, and again when the unit of that name was removed', async () => {
    const { start, startNow, site } = subject();
    const first = await start('entry');
    await expect(startNow('entry')).rejects.toThrow(EngineError);
    await first.remove();
    await first.remove();
    expect(site.units).toEqual([]);
    expect((await first.status()).state).toBe('stopped');
    const second = await start('entry');
    expect([second.serviceUrl, site.units.length]).toEqual([first.serviceUrl, 1]);
  });

  it('has several instances of a unit, each with an address of its own, and tells them apart', async () => {
    const { start, startNow, site, events } = subject();
    const first = await start('entry');
    const second = await startNow('entry', { instance: 1 });
    expect([first, second].map(({ name, instance }) => [name, instance])).toEqual([
      ['entry', 0],
      ['entry', 1],
    ]);
    expect(second.publishedUrl).toBe(first.publishedUrl);
    const { serviceUrl, controlUrl } = await site.addressOfInstance('entry', 1);
    expect([second.serviceUrl, second.controlUrl]).toEqual([serviceUrl, controlUrl]);
    expect(new Set([first.serviceUrl, second.serviceUrl, first.controlUrl, second.controlUrl]).size).toBe(4);
    await expect(startNow('entry', { instance: 1 })).rejects.toThrow('There is instance 1 of unit "entry" already');
    await expect(site.addressOfInstance('ghost', 1)).rejects.toThrow('The site has no unit "ghost"');
    await second.kill();
    const ended = () => events.find(({ kind }) => kind === 'die');
    expect((await eventually('the end of the second', ended)).instance).toBe(1);
    expect((await first.status()).state).toBe('running');
    await second.remove();
    expect(site.units).toEqual([first]);
    await site.assertThere();
  });

  it('takes its own doing for nobody else’s', async () => {
    const { start, site } = subject();
    const entry = await start('entry');
    await entry.kill();
    await site.assertThere();
    await entry.start();
    await entry.remove();
    await site.assertThere();
    expect(site.vanished.aborted).toBe(false);
  });

  it('has servers of the store beside the units, which live and die as those do and keep their data', async () => {
    const { runtime, site } = subject();
    const artifact = await runtime.buildDatabase({ run: { session: 'contract', run: 'contract' } });
    const limits = { artifact, memoryBytes: 96 * 2 ** 20, connections: 10, password: 'secret' };
    expect(() => site.databaseAddress('ghost')).toThrow('The site has no unit "ghost"');
    expect(site.databaseAddress('database')).toMatchObject({ user: 'application', name: 'postgres' });
    const server = await site.startDatabase({ name: 'database', ...limits });
    expect([server.name, server.instance, server.modules]).toEqual(['database', 0, []]);
    expect(site.units).toEqual([server]);
    const timesUp = async (): Promise<number> =>
      (await server.recentLogs(100)).filter(({ line }) => line.includes(DATABASE_IS_UP)).length;
    const upAgain = (times: number) =>
      eventually('a server that is up', async () => {
        await subject().wait?.(100);
        return (await timesUp()) >= times || undefined;
      });
    await upAgain(1);
    expect((await server.stats()).memoryBytes).toBeGreaterThan(0);
    await server.kill();
    expect((await server.status()).state).toBe('stopped');
    await happened('database', 'die');
    await server.start();
    await upAgain(2);
    if (runtime.capabilities.pause) {
      await server.pause();
      expect((await server.status()).state).toBe('paused');
      await server.resume();
    }
    expect((await server.status()).state).toBe('running');
    await site.assertThere();
    await server.remove();
    expect(site.units).toEqual([]);
  });

  it('removes everything when it is closed, also twice and whatever state it is in', async () => {
    const { start, site, runtime } = subject();
    const [entry, other] = [await start('entry'), await start('other')];
    if (runtime.capabilities.pause) await entry.pause();
    await other.kill();
    await site.close();
    await site.close();
    expect(site.units).toEqual([]);
  });
}
