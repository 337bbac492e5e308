import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRuntime, type RunningUnit } from '../../engine/runtime/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { call, engineOfTests, runtimeBench, upAt, type RuntimeUnderTest } from '../support/runtime-under-test.ts';
import { testUnitSource, UNIT_MEMORY_BYTES } from '../support/runtime-unit.ts';
import { getText } from '../support/wait.ts';

/** What two units that run side by side are and show: nothing here changes them, so all of it looks at the same two. */
function table(kind: RuntimeUnderTest): void {
  const bench = runtimeBench(kind, 'one for all');
  const { seen, run } = bench;
  let entry: RunningUnit;
  let other: RunningUnit;
  beforeAll(async () => {
    [entry, other] = await Promise.all([bench.start('entry'), bench.startNow('other', { published: false })]);
  });

  it('units reach each other by name, and only the entry is published', async () => {
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
    expect(entry.publishedUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(other.publishedUrl).toBeNull();
    expect(await upAt(call(entry.publishedUrl, other.serviceUrl))).toBe('hello from other');
    expect(seen('entry', 'start')).toBeDefined();
  });

  it('CPU time and memory are counted', async () => {
    const before = await entry.stats();
    expect(await getText(`${entry.publishedUrl}/spin`, 60_000)).toBe('ok');
    const after = await entry.stats();
    expect((after.cpuSeconds ?? 0) - (before.cpuSeconds ?? 0)).toBeGreaterThan(0.15);
    expect(after.memoryBytes).toBeGreaterThan(5e6);
    expect(after.memoryBytes).toBeLessThan(128 * 1024 * 1024);
    expect(after.networkReceivedBytes !== null).toBe(bench.runtime.capabilities.networkCounters);
  });

  it('what a unit runs with is shown as the system has it', async () => {
    const last = (await bench.runtime.resources()).cpus.at(-1) ?? 0;
    const facts = await Promise.all([entry, other].map((unit) => unit.facts()));
    for (const one of facts) {
      expect(one.environment).toMatchObject({ NODE_ENV: 'production' });
      expect(one.heals).toBe(kind === 'docker' ? true : null);
      if (bench.runtime.capabilities.cpuPinning) expect(one.cpus).toBe(String(last));
      if (kind === 'docker') {
        expect(one).toMatchObject({ memoryBytes: UNIT_MEMORY_BYTES, user: '1000:1000', cpuQuota: 0 });
        expect(one.processes).toBeGreaterThan(0);
        // Not every kernel counts swap.
        expect([0, -1]).toContain(one.swapBytes);
      } else expect(one).toMatchObject({ memoryBytes: null, cpuQuota: null, processes: null, swapBytes: null });
    }
    if (kind === 'docker') expect(facts[0]?.base).toMatch(/^sha256:/);
    for (const [index, { name }] of [entry, other].entries()) {
      const builtAs = facts[index]?.builtAs;
      if (kind === 'docker') expect(builtAs).toMatch(new RegExp(`^cleave/\\S+-${name}:[0-9a-f]+$`));
      else expect(builtAs).toBeNull();
    }
    expect(facts.map(({ base }) => base)).toEqual([facts[0]?.base, facts[0]?.base]);
  });

  it.skipIf(kind === 'process')('a container is given nothing it does not need', async () => {
    expect(await getText(`${entry.publishedUrl}/root`)).toMatch(/EROFS|EACCES/);
    expect(await getText(`${entry.publishedUrl}/who`)).toContain('"uid":1000');
    const docker = engineOfTests();
    const [container] = await docker.listContainers({
      filters: { label: [`cleave.session=${bench.session}`, 'cleave.unit=entry'] },
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

  it('an agent runs beside the units, over its streams', async () => {
    const program = `process.stdin.on('data', async (url) => {
      for (let i = 0; i < 500; i++) {
        try { process.stdout.write(await (await fetch(String(url).trim())).text() + '\\n'); return; } catch { await new Promise((r) => setTimeout(r, 20)); }
      }
    });
    process.stdin.on('end', () => process.exit(7));
    console.error('hello');`;
    const agent = await bench.site.startCompanion(Buffer.from(program));
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

  it('what a living owner has is kept by a sweep', async () => {
    const report = await bench.runtime.sweep();
    expect(report.kept.length).toBeGreaterThan(0);
    expect(await upAt(entry.publishedUrl)).toBe('hello from entry');
  });

  it('what was built before is found, and built again when told to', async () => {
    const source = testUnitSource('entry', `${bench.session}-${kind}`);
    const first = await bench.runtime.build(source, { fresh: false, run });
    const again = await bench.runtime.build(source, { fresh: false, run });
    const fresh = await bench.runtime.build(source, { fresh: true, run });
    expect([first.kind, again.kind, fresh.kind]).toEqual(['cold', 'warm', 'cold']);
    expect(new Set([first.reference, again.reference, fresh.reference]).size).toBe(1);
    expect(first.addedBytes).toBeGreaterThan(500);
    expect(first.addedBytes).toBeLessThan(100_000);
  });

  it('the floor is measured', async () => {
    const ms = await bench.runtime.measureFloor(run);
    expect(ms).toBeGreaterThan(10);
    expect(ms).toBeLessThan(30_000);
  });

  it.skipIf(kind === 'process')('images that somebody living found there and did not build are kept', async () => {
    const source = testUnitSource('entry', `${bench.session}-claimed`);
    const { reference } = await bench.runtime.build(source, { fresh: false, run });
    const { baseImage } = await bench.runtime.inspect();
    const { kept } = await bench.runtime.sweep({ images: true });
    expect(kept.filter((line) => line.startsWith(`image ${baseImage?.reference}`))).toHaveLength(1);
    expect((await bench.runtime.build(source, { fresh: false, run })).kind).toBe('warm');
    expect(kept.some((line) => line.startsWith(`image ${reference}`))).toBe(true);
  });
}

describe('units in the process runtime', () => table('process'));
describeWithEngine('units in the docker runtime', () => table('docker'));

describe('choosing a runtime', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-choosing-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const options = {
    nodePath: process.execPath,
    stateDir: path.join(folder, 'state'),
    workDir: path.join(folder, 'work'),
    session: `choosing-${process.pid}`,
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

  it('runs with all rights of this person only what may be, or what was asked to', async () => {
    const others = { ...options, needsContainers: true };
    const missing = { ...others, explicitEngine: 'unix:///nonexistent/docker.sock' };
    await expect(openRuntime('auto', missing)).rejects.toMatchObject({
      kind: 'no-engine',
      message: expect.stringMatching(
        /nonexistent.*; as processes, applications that did not come with Cleave/,
      ) as unknown,
      nextStep: expect.stringContaining('--runtime process') as unknown,
    });
    const { runtime } = await openRuntime('process', others);
    expect(runtime.kind).toBe('process');
    await runtime.close();
  });
});
