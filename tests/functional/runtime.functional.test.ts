import { execFile, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import Docker from 'dockerode';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import { EngineError, openRuntime } from '../../engine/runtime/index.ts';
import type { Runtime, Site, UnitEvent } from '../../engine/runtime/index.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';
import { runtimeContract } from '../support/runtime-contract.ts';
import { startTestUnit, testUnitSource, UNIT_MEMORY_BYTES } from '../support/runtime-unit.ts';
import { eventually, getText } from '../support/wait.ts';

const session = `test-${process.pid}-${Date.now().toString(36)}`;
const run = { session, run: 'table' };
const host = (): string => inject('dockerHost');

/** Everything on the engine or on this machine that belongs to a session. */
async function leftovers(kind: 'docker' | 'process', folder: string, ofSession: string): Promise<string[]> {
  if (kind === 'process') {
    const processes = (await readProcesses()).filter(({ command }) =>
      command.includes(path.join(folder, 'work', 'sites')),
    );
    const folders = await readdir(path.join(folder, 'work', 'sites')).catch(() => []);
    return [...processes.map(({ command }) => command), ...folders];
  }
  const docker = new Docker({ socketPath: host().replace('unix://', '') });
  const filters = { label: [`cleave.session=${ofSession}`] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [...containers, ...networks].map((item) => item.Id).concat(volumes.Volumes.map((volume) => volume.Name));
}

function table(kind: 'docker' | 'process'): void {
  let folder = '';
  let runtime: Runtime;
  let site: Site;
  const events: UnitEvent[] = [];
  /** Set by tests in which somebody else removes things. */
  let robbed = false;
  const call = (url: string, target: string): string => `${url}/?url=${encodeURIComponent(target)}`;
  const seen = (unit: string, wanted: UnitEvent['kind']): UnitEvent | undefined =>
    events.find((event) => event.unit === unit && event.kind === wanted);
  const upAt = (url: string | null): Promise<string> => eventually(`an answer of ${url}`, () => getText(url ?? ''));

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-runtime-'));
    const opened = await openRuntime(kind, {
      nodePath: process.execPath,
      stateDir: path.join(folder, 'state'),
      workDir: path.join(folder, 'work'),
      session,
      explicitEngine: kind === 'docker' ? testDockerHost() : undefined,
    });
    runtime = opened.runtime;
  });
  afterAll(async () => {
    await runtime.close();
    expect(await leftovers(kind, folder, session)).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    events.length = 0;
    robbed = false;
    const { cpus } = await runtime.resources();
    const last = cpus.at(-1) ?? 0;
    site = await runtime.openSite({ run, units: ['entry', 'other'], cpus: { application: [last], generator: [0] } });
    site.onUnitEvent((event) => events.push(event));
  });
  afterEach(async () => {
    // Whatever a fault, a restart or a replacement did, it was this program's own doing.
    await site.assertThere().catch(() => undefined);
    expect(site.vanished.aborted).toBe(robbed);
    await site.close();
    // What says that the runtime is open stays as long as it is.
    const left = await leftovers(kind, folder, session);
    expect(left.filter((name) => !name.startsWith('cleave-claim-'))).toEqual([]);
  });

  const startNow = (name: string) => startTestUnit(runtime, site, run, name, { published: true });
  const start = async (name: string) => {
    const unit = await startNow(name);
    await upAt(unit.publishedUrl);
    return unit;
  };
  runtimeContract(() => ({
    ...{ runtime, site, events, start, startNow },
    crash: async ({ publishedUrl }) => void (await getText(`${publishedUrl}/crash`)),
  }));

  it('starts units side by side that reach each other by name, and publishes only the entry', async () => {
    const [entry, other] = await Promise.all([
      startTestUnit(runtime, site, run, 'entry', { published: true }),
      startTestUnit(runtime, site, run, 'other'),
    ]);
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
    expect(entry.publishedUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(other.publishedUrl).toBeNull();
    expect(await upAt(call(entry.publishedUrl ?? '', other.serviceUrl))).toBe('hello from other');
    expect(site.units.map((unit) => unit.name).toSorted()).toEqual(['entry', 'other']);
    expect(entry.marks.createStartMs).toBeLessThanOrEqual(entry.marks.createdMs);
    expect(entry.marks.createdMs).toBeLessThanOrEqual(entry.marks.startedMs);
    expect((await entry.status()).state).toBe('running');
    expect(seen('entry', 'start')).toBeDefined();
  });

  it('counts CPU time and memory', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
    const before = await entry.stats();
    expect(await getText(`${entry.publishedUrl}/spin`, 60_000)).toBe('ok');
    const after = await entry.stats();
    expect(after.cpuSeconds - before.cpuSeconds).toBeGreaterThan(0.15);
    expect(after.memoryBytes).toBeGreaterThan(5e6);
    expect(after.memoryBytes).toBeLessThan(128 * 1024 * 1024);
    expect(after.networkReceivedBytes !== null).toBe(runtime.capabilities.networkCounters);
  });

  it('shows what a unit runs with, as the system has it', async () => {
    const units = await Promise.all([
      startTestUnit(runtime, site, run, 'entry', { published: true }),
      startTestUnit(runtime, site, run, 'other'),
    ]);
    const last = (await runtime.resources()).cpus.at(-1) ?? 0;
    const facts = await Promise.all(units.map((unit) => unit.facts()));
    for (const one of facts) {
      expect(one.environment).toMatchObject({ NODE_ENV: 'production' });
      expect(one.heals).toBe(kind === 'docker' ? true : null);
      if (runtime.capabilities.cpuPinning) expect(one.cpus).toBe(String(last));
      if (kind === 'docker') expect(one).toMatchObject({ memoryBytes: UNIT_MEMORY_BYTES, user: '1000:1000' });
    }
    if (kind === 'docker') expect(facts[0]?.base).toMatch(/^sha256:/);
    expect(facts.map(({ base }) => base)).toEqual([facts[0]?.base, facts[0]?.base]);
  });

  it('hands over the log, past and to come', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
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
  });

  it('heals a crash by itself at the same address, with its data', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
    await getText(`${entry.publishedUrl}/crash`);
    await eventually('the restart', () => seen('entry', 'restart'));
    expect(seen('entry', 'die')?.exitCode).toBe(1);
    expect(await upAt(`${entry.publishedUrl}/starts`)).toBe('2');
    expect(await entry.status()).toMatchObject({ state: 'running', restarts: 1, outOfMemory: false });
  });

  it('stays down after a kill until it is started, and then answers where it did', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    const other = await startTestUnit(runtime, site, run, 'other');
    await upAt(call(entry.publishedUrl ?? '', other.serviceUrl));
    // The other one crashes first and is killed last: while it was started again, this one would have been, too.
    await getText(call(entry.publishedUrl ?? '', `${other.serviceUrl}/crash`));
    await entry.kill();
    await eventually('the end', () => seen('entry', 'die'));
    await eventually('the restart of the one that crashed', () => seen('other', 'restart'));
    expect(await entry.status()).toMatchObject({ state: 'stopped', exitCode: 137 });
    expect(seen('entry', 'restart')).toBeUndefined();
    await entry.start();
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
    expect(seen('entry', 'restart')).toBeUndefined();
  });

  it('freezes and thaws', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
    await entry.pause();
    expect((await entry.status()).state).toBe('paused');
    expect(await getText(entry.publishedUrl ?? '', 400)).toBeUndefined();
    await entry.resume();
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
    await eventually('both events', () => seen('entry', 'pause') && seen('entry', 'resume'));
  });

  it('limits the CPU and gives it back, or says that it cannot', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
    if (!runtime.capabilities.cpuQuota) {
      await expect(entry.limitCpu(0.1)).rejects.toThrow('cannot limit the CPU');
      return;
    }
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
    await expect(entry.limitCpu(0)).rejects.toThrow(EngineError);
  });

  it('cuts a unit off and joins it again under its name, or says that it cannot', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    const other = await startTestUnit(runtime, site, run, 'other');
    const through = call(entry.publishedUrl ?? '', other.serviceUrl);
    await upAt(through);
    if (!runtime.capabilities.partition) {
      await expect(other.disconnect()).rejects.toThrow('cannot cut a unit off');
      return;
    }
    await other.disconnect();
    expect(await getText(through)).toBeUndefined();
    await other.disconnect();
    await other.connect();
    expect(await upAt(through)).toBe('hello from other');
    await other.connect();
  });

  it('replaces a unit at the same address, its data kept', async () => {
    const first = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(first.publishedUrl);
    await first.remove();
    await first.remove();
    expect(site.units).toEqual([]);
    expect((await first.recentLogs(5)).map(({ line }) => line)).toContain('up entry');
    const second = await startTestUnit(runtime, site, run, 'entry', { published: true });
    expect(second.publishedUrl).toBe(first.publishedUrl);
    expect(await upAt(`${second.publishedUrl}/starts`)).toBe('2');
  });

  it('runs an agent beside the units, over its streams', async () => {
    const other = await startTestUnit(runtime, site, run, 'other');
    const program = `process.stdin.on('data', async (url) => {
      for (let i = 0; i < 500; i++) {
        try { process.stdout.write(await (await fetch(String(url).trim())).text() + '\\n'); return; } catch { await new Promise((r) => setTimeout(r, 20)); }
      }
    });
    process.stdin.on('end', () => process.exit(7));
    console.error('hello');`;
    const agent = await site.startCompanion(Buffer.from(program));
    const said = (stream: NodeJS.ReadableStream): Promise<string> =>
      new Promise((resolve) => stream.once('data', (chunk: Buffer) => resolve(chunk.toString())));
    const stderr = said(agent.stderr);
    const stdout = said(agent.stdout);
    agent.stdin.write(`${other.serviceUrl}\n`);
    expect(await stderr).toBe('hello\n');
    expect(await stdout).toBe('hello from other\n');
    await agent.stop();
    expect(await agent.exited).toBe(7);
  });

  it('restarts a unit that runs out of memory and says so', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
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
    await expect(startTestUnit(runtime, site, run, 'entry', { published: true, publishedPort: port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is taken by another program`,
    );
    await new Promise((resolve) => blocker.close(resolve));
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true, publishedPort: port });
    expect(entry.publishedUrl).toBe(`http://127.0.0.1:${port}`);
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
  });

  it('finds what was built before, and builds again when told to', async () => {
    const source = testUnitSource('entry', `${session}-${kind}`);
    const first = await runtime.build(source, { fresh: false, run });
    const again = await runtime.build(source, { fresh: false, run });
    const fresh = await runtime.build(source, { fresh: true, run });
    expect([first.kind, again.kind, fresh.kind]).toEqual(['cold', 'warm', 'cold']);
    expect(new Set([first.reference, again.reference, fresh.reference]).size).toBe(1);
    expect(first.addedBytes).toBeGreaterThan(500);
    expect(first.addedBytes).toBeLessThan(100_000);
  });

  it('measures the floor', async () => {
    const ms = await runtime.measureFloor(run);
    expect(ms).toBeGreaterThan(10);
    expect(ms).toBeLessThan(30_000);
  });

  it('keeps what a living owner has when it sweeps', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
    const report = await runtime.sweep();
    expect(report.kept.length).toBeGreaterThan(0);
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
  });

  it.skipIf(kind === 'process')('keeps the images that somebody living found there and did not build', async () => {
    const source = testUnitSource('entry', `${session}-claimed`);
    const { reference } = await runtime.build(source, { fresh: false, run });
    const { baseImage } = await runtime.inspect();
    const { kept } = await runtime.sweep({ images: true });
    expect(kept.filter((line) => line.startsWith(`image ${baseImage?.reference}`))).toHaveLength(1);
    expect((await runtime.build(source, { fresh: false, run })).kind).toBe('warm');
    expect(kept.some((line) => line.startsWith(`image ${reference}`))).toBe(true);
  });

  it('notices a removal only when it was somebody else’s', async () => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
    const agent = await site.startCompanion(Buffer.from('process.stdin.resume();'));
    await entry.kill();
    await site.assertThere();
    await entry.start();
    await upAt(entry.publishedUrl);
    await agent.stop();
    await entry.remove();
    await startTestUnit(runtime, site, run, 'entry', { published: true });
    await site.assertThere();
  });

  it.each(thefts[kind])('notices that somebody else removed %s', async (_what, steal) => {
    const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
    await upAt(entry.publishedUrl);
    await site.startCompanion(Buffer.from('process.stdin.resume();'));
    robbed = true;
    await steal(folder);
    await eventually('the notice', () => (site.vanished.aborted ? true : undefined));
    expect(site.vanished.reason).toMatchObject({ kind: 'vanished' });
    await expect(site.assertThere()).rejects.toBe(site.vanished.reason);
  });

  it('stops starting when it is cancelled in the middle, and leaves nothing', async () => {
    const artifact = await runtime.build(testUnitSource('entry'), { fresh: false, run });
    const attempt = async (): Promise<unknown> => {
      const cancel = new AbortController();
      const before = (await leftovers(kind, folder, session)).length;
      const starting = startUnit(cancel.signal).then(
        async (unit) => unit.remove(),
        (error: unknown) => error,
      );
      const ended = starting.then(() => true);
      // Something of it is there already when it is cancelled; a process is there as soon as it is asked for.
      while (!(await Promise.race([ended, somethingNew(before)])));
      cancel.abort(new Error('cancelled by the test'));
      return starting;
    };
    const startUnit = (signal: AbortSignal) =>
      site.startUnit(
        { unit: { name: 'entry', modules: ['entry'] }, artifact, environment: {}, memoryBytes: 1e8, published: true },
        signal,
      );
    const somethingNew = async (before: number) =>
      kind === 'process' || (await leftovers(kind, folder, session)).length > before;
    // A start that was over before anybody saw it begin was not cancelled: try again.
    const problem = await eventually('a start that is cancelled in the middle', attempt);
    expect(String(problem)).toContain('cancelled by the test');
    expect(site.units).toEqual([]);
  });

  it.each(['reaper', 'sweep'] as const)('leaves nothing when the owner is killed: %s', async (layer) => {
    const doomedSession = `${session}-${layer}`;
    const doomedFolder = path.join(folder, layer);
    const doomed = spawn(
      process.execPath,
      [
        path.join(import.meta.dirname, '../support/doomed-owner.ts'),
        kind,
        doomedFolder,
        doomedSession,
        ...(kind === 'docker' ? [host()] : []),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void doomed.kill('SIGKILL'));
    const { url } = await new Promise<{ url: string }>((resolve, reject) => {
      doomed.once('exit', () => reject(new Error('the owner ended too early')));
      doomed.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as { url: string }));
    });
    expect(await upAt(url)).toBe('hello from entry');
    if (layer === 'sweep') await killReaperOf(doomed.pid ?? 0);
    const ended = new Promise((resolve) => doomed.once('exit', resolve));
    doomed.kill('SIGKILL');
    await ended;
    if (layer === 'sweep') {
      const { runtime: other } = await openRuntime(kind, {
        nodePath: process.execPath,
        stateDir: path.join(doomedFolder, 'state'),
        workDir: path.join(doomedFolder, 'work'),
        session: `${doomedSession}-next`,
        explicitEngine: kind === 'docker' ? host() : undefined,
      });
      expect((await other.sweep()).removed.length).toBeGreaterThan(0);
      await other.close();
    }
    await eventually('that nothing is left', async () =>
      (await leftovers(kind, doomedFolder, doomedSession)).length === 0 ? true : undefined,
    );
    expect(await getText(url)).toBeUndefined();
  });

  if (kind === 'docker') {
    it('gives a container nothing it does not need', async () => {
      const entry = await startTestUnit(runtime, site, run, 'entry', { published: true });
      await upAt(entry.publishedUrl);
      expect(await getText(`${entry.publishedUrl}/root`)).toMatch(/EROFS|EACCES/);
      expect(await getText(`${entry.publishedUrl}/who`)).toContain('"uid":1000');
      const docker = new Docker({ socketPath: host().replace('unix://', '') });
      const [container] = await docker.listContainers({
        filters: { label: [`cleave.session=${session}`, 'cleave.unit=entry'] },
      });
      const info = await docker.getContainer(container?.Id ?? '').inspect();
      expect(info.HostConfig).toMatchObject({
        CapDrop: ['ALL'],
        ReadonlyRootfs: true,
        Privileged: false,
        Init: true,
        Memory: 128 * 1024 * 1024,
      });
      expect(info.HostConfig.CpusetCpus).not.toBe('');
      expect(
        Object.values(info.NetworkSettings.Ports)
          .flat()
          .map((binding) => binding?.HostIp),
      ).toEqual(['127.0.0.1']);
    });
  }
}

/** What another program could take from under a site of this session. */
type Theft = [what: string, steal: (folder: string) => Promise<unknown>];

function containerOf(title: string, filter: string): Theft {
  return [
    title,
    async () => {
      const docker = new Docker({ socketPath: host().replace('unix://', '') });
      const all = await docker.listContainers({ all: true, filters: { label: [`cleave.session=${session}`] } });
      const one = all.find(({ Names }) => Names[0]?.includes(filter));
      await docker.getContainer(one?.Id ?? 'none').remove({ force: true });
    },
  ];
}

const thefts: Record<'docker' | 'process', Theft[]> = {
  docker: [containerOf('a unit', '-entry-'), containerOf('the agent', '-agent-')],
  process: [
    ['its record', (folder) => rm(path.join(folder, 'state', 'sites'), { recursive: true })],
    ['its folder', (folder) => rm(path.join(folder, 'work', 'sites'), { recursive: true })],
  ],
};

describe('process runtime', () => table('process'));
describeWithEngine('docker runtime', () => table('docker'));

describe('choosing a runtime', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-choosing-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const options = {
    nodePath: process.execPath,
    stateDir: path.join(folder, 'state'),
    workDir: path.join(folder, 'work'),
    session,
  };

  it('says in one sentence what to do when docker is demanded and none answers', async () => {
    const failure = openRuntime('docker', { ...options, explicitEngine: 'unix:///nonexistent/docker.sock' });
    await expect(failure).rejects.toMatchObject({
      kind: 'no-engine',
      nextStep: expect.stringContaining('Start that engine') as unknown,
    });
  });

  it('falls back to processes and says why', async () => {
    const { runtime, reason } = await openRuntime('auto', {
      ...options,
      explicitEngine: 'unix:///nonexistent/docker.sock',
    });
    expect(runtime.kind).toBe('process');
    expect(reason).toContain('/nonexistent/docker.sock');
    await runtime.close();
  });
});

/** Ends the reaper of that process, as if the machine had run out of memory at the worst moment. */
async function killReaperOf(pid: number): Promise<void> {
  const children = (await readProcesses()).filter(({ ppid, command }) => ppid === pid && command.includes(' -e ('));
  expect(children).toHaveLength(1);
  for (const child of children) process.kill(child.pid, 'SIGKILL');
}

async function readProcesses(): Promise<{ pid: number; ppid: number; command: string }[]> {
  const output = await new Promise<string>((resolve) => {
    execFile('ps', ['-eo', 'pid=,ppid=,args='], { maxBuffer: 1e8 }, (_error, stdout) => resolve(stdout));
  });
  return output.split('\n').flatMap((line) => {
    const [, pid, ppid, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), command: command.slice(0, 300) }];
  });
}
