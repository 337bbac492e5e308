import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../../engine/runtime/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { runtimeContract } from '../support/runtime-contract.ts';
import { call, runtimeBench, upAt, type RuntimeUnderTest } from '../support/runtime-under-test.ts';
import { eventually, getText } from '../support/wait.ts';

/** What is done to units, on a site of its own each time. What a unit shows of itself is in runtime-look, what others do to it in runtime-owner. */
function table(kind: RuntimeUnderTest): void {
  const bench = runtimeBench(kind, 'one for each');
  const { start, startNow, seen } = bench;
  runtimeContract(() => ({
    ...bench,
    crash: async ({ publishedUrl }) => void (await getText(`${publishedUrl}/crash`)),
  }));

  it('hands over the log, past and to come, and keeps address and data through a crash', async () => {
    const entry = await startNow('entry');
    const live: string[] = [];
    const stop = entry.onLog(({ line }) => live.push(line));
    await upAt(entry.publishedUrl);
    expect((await entry.recentLogs(10)).map(({ stream, line }) => `${stream} ${line}`)).toEqual(['stdout up entry']);
    await getText(`${entry.publishedUrl}/crash`);
    await eventually('the crash and the next start in the log', () =>
      live.includes('Error: asked to crash') && live.at(-1) === 'up entry' ? true : undefined,
    );
    expect(live.filter((line) => line === 'Error: asked to crash')).toHaveLength(1);
    stop();
    expect(await upAt(`${entry.publishedUrl}/starts`)).toBe('2');
  });

  it('stays down after a kill until it is started, and then answers where it did', async () => {
    const entry = await startNow('entry');
    const other = await startNow('other', { published: false });
    await upAt(call(entry.publishedUrl, other.serviceUrl));
    // The other one crashes first and is killed last: while it was started again, this one would have been, too.
    await getText(call(entry.publishedUrl, `${other.serviceUrl}/crash`));
    await entry.kill();
    await eventually('the end', () => seen('entry', 'die'));
    await eventually('the restart of the one that crashed', () => seen('other', 'restart'));
    expect(await entry.status()).toMatchObject({ state: 'stopped', exitCode: 137 });
    expect(seen('entry', 'restart')).toBeUndefined();
    await entry.start();
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
    expect(seen('entry', 'restart')).toBeUndefined();
  });

  it('is felt by who asks it: frozen, limited, cut off, and each of them taken back', async () => {
    const entry = await start('entry');
    const other = await startNow('other', { published: false });
    const through = call(entry.publishedUrl, other.serviceUrl);
    await upAt(through);
    const { pause, cpuQuota, partition } = bench.runtime.capabilities;
    if (pause) {
      await entry.pause();
      expect(await getText(entry.publishedUrl ?? '', 400)).toBeUndefined();
      await entry.resume();
      expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
      await eventually('both events', () => seen('entry', 'pause') && seen('entry', 'resume'));
    }
    if (cpuQuota) {
      /** Time that 200 ms of CPU take. */
      const spinMs = async (): Promise<number> => {
        const startMs = performance.now();
        expect(await getText(`${entry.publishedUrl}/spin`, 60_000)).toBe('ok');
        return performance.now() - startMs;
      };
      await entry.limitCpu(0.1);
      const limitedMs = await spinMs();
      // A tenth of a core takes 2 s for it, less the quota of the periods at either end; other load only makes it longer.
      expect(limitedMs).toBeGreaterThan(1500);
      await entry.limitCpu(null);
      await eventually('a spin without the limit', async () => ((await spinMs()) < limitedMs / 2 ? true : undefined));
    } else await expect(entry.limitCpu(0.1)).rejects.toThrow('cannot limit the CPU');
    if (partition) {
      await other.disconnect();
      expect(await getText(through)).toBeUndefined();
      await other.connect();
      expect(await upAt(through)).toBe('hello from other');
    } else await expect(other.disconnect()).rejects.toThrow('cannot cut a unit off');
  });

  it('replaces a unit at the same address, its data kept', async () => {
    const first = await start('entry');
    await first.remove();
    expect((await first.recentLogs(5)).map(({ line }) => line)).toContain('up entry');
    const second = await startNow('entry');
    expect(second.publishedUrl).toBe(first.publishedUrl);
    expect(await upAt(`${second.publishedUrl}/starts`)).toBe('2');
  });

  it('reaches each instance by its address, shares their data, and leads people to those it is told', async () => {
    const entry = await start('entry');
    const second = await startNow('entry', { instance: 1 });
    const other = await startNow('other', { published: false });
    const third = await startNow('other', { instance: 1, published: false });
    expect(await upAt(call(entry.publishedUrl, third.serviceUrl))).toBe('hello from other 1');
    expect(await upAt(call(entry.publishedUrl, other.serviceUrl))).toBe('hello from other');
    expect(await upAt(call(entry.publishedUrl, `${third.serviceUrl}/starts`))).toBe('2');
    bench.site.lead([second]);
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry 1');
    await entry.remove();
    expect(await upAt(second.publishedUrl)).toBe('hello from entry 1');
    await getText(`${second.publishedUrl}/crash`);
    const restart = () => bench.events.find(({ kind, unit }) => kind === 'restart' && unit === 'entry');
    expect((await eventually('the restart of the second', restart)).instance).toBe(1);
    expect(await upAt(second.publishedUrl)).toBe('hello from entry 1');
  });

  it('restarts a unit that runs out of memory and says so', async () => {
    const entry = await start('entry');
    await getText(`${entry.publishedUrl}/leak`);
    await eventually('out of memory', () => seen('entry', 'oom'));
    await eventually('the restart', () => seen('entry', 'restart'));
    expect([134, 137]).toContain(seen('entry', 'die')?.exitCode);
    expect((await entry.status()).outOfMemory).toBe(true);
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
  });

  it('publishes where it is told, and says when that port is taken', async () => {
    const blocker = net.createServer();
    const port = await new Promise<number>((resolve) => {
      blocker.listen(0, '127.0.0.1', () => {
        const address = blocker.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
    const failure = startNow('entry', { publishedPort: port });
    await expect(failure).rejects.toThrow(EngineError);
    await expect(failure).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken by another program`);
    await new Promise((resolve) => blocker.close(resolve));
    const entry = await startNow('entry', { publishedPort: port });
    expect(entry.publishedUrl).toBe(`http://127.0.0.1:${port}`);
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
  });
}

describe('process runtime', () => table('process'));
describeWithEngine('docker runtime', () => table('docker'));
