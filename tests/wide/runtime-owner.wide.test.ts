import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DATABASE_IS_UP, openRuntime } from '../../engine/runtime/index.ts';
import { describeWithEngine, testDockerHost } from '../support/engine.ts';
import {
  engineOfTests,
  leftoversOf,
  readProcesses,
  runtimeBench,
  upAt,
  type RuntimeBench,
  type RuntimeUnderTest,
} from '../support/runtime-under-test.ts';
import { testUnitSource } from '../support/runtime-unit.ts';
import { eventually, getText } from '../support/wait.ts';

/** What becomes of a site when somebody else removes things, a start is cancelled, or its owner is killed. */
function table(kind: RuntimeUnderTest): void {
  const bench = runtimeBench(kind, 'one for each');

  it('notices a removal only when it was somebody else’s', async () => {
    const { site } = bench;
    const entry = await bench.start('entry');
    const agent = await site.startCompanion(Buffer.from('process.stdin.resume();'));
    await entry.kill();
    await site.assertThere();
    await entry.start();
    await upAt(entry.publishedUrl);
    await agent.stop();
    await entry.remove();
    await bench.startNow('entry');
    await site.assertThere();
  });

  it.each(thefts[kind])('notices that somebody else removed %s', async (_what, steal) => {
    const { site } = bench;
    await bench.start('entry');
    await site.startCompanion(Buffer.from('process.stdin.resume();'));
    bench.robbed = true;
    await steal(bench);
    await eventually('the notice', () => (site.vanished.aborted ? true : undefined));
    expect(site.vanished.reason).toMatchObject({ kind: 'vanished' });
    await expect(site.assertThere()).rejects.toBe(site.vanished.reason);
  });

  it('stops starting when it is cancelled in the middle, and leaves nothing', async () => {
    const { site, runtime, run, folder, session } = bench;
    const artifact = await runtime.build(testUnitSource('entry'), { fresh: false, run });
    const attempt = async (): Promise<unknown> => {
      const cancel = new AbortController();
      const before = (await leftoversOf(kind, folder, session)).length;
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
      kind === 'process' || (await leftoversOf(kind, folder, session)).length > before;
    // A start that was over before anybody saw it begin was not cancelled: try again.
    const problem = await eventually('a start that is cancelled in the middle', attempt);
    expect(String(problem)).toContain('cancelled by the test');
    expect(site.units).toEqual([]);
  });

  it('stops starting a server of the store when it is cancelled in the middle, and leaves nothing', async () => {
    const { site, runtime, run } = bench;
    const artifact = await runtime.buildDatabase({ run });
    const cancel = new AbortController();
    const limits = { memoryBytes: 96 * 2 ** 20, connections: 10, password: 'secret' };
    const starting = site.startDatabase({ name: 'database', artifact, ...limits }, cancel.signal);
    cancel.abort(new Error('cancelled by the test'));
    await expect(starting).rejects.toThrow('cancelled by the test');
    expect(site.units).toEqual([]);
    await site.assertThere();
    const server = await site.startDatabase({ name: 'database', artifact, ...limits });
    await eventually('a server that is up', async () =>
      (await server.recentLogs(50)).some(({ line }) => line.includes(DATABASE_IS_UP)) ? true : undefined,
    );
  });

  it.each(['reaper', 'sweep'] as const)('leaves nothing when the owner is killed: %s', async (layer) => {
    const session = `${bench.session}-${layer}`;
    const folder = path.join(bench.folder, layer);
    const doomed = spawn(
      process.execPath,
      [
        path.join(import.meta.dirname, '../support/doomed-owner.ts'),
        kind,
        folder,
        session,
        ...(kind === 'docker' ? [testDockerHost()] : []),
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
        stateDir: path.join(folder, 'state'),
        workDir: path.join(folder, 'work'),
        session: `${session}-next`,
        explicitEngine: kind === 'docker' ? testDockerHost() : undefined,
      });
      expect((await other.sweep()).removed.length).toBeGreaterThan(0);
      await other.close();
    }
    await eventually('that nothing is left', async () =>
      (await leftoversOf(kind, folder, session)).length === 0 ? true : undefined,
    );
    expect(await getText(url)).toBeUndefined();
  });
}

/** What another program could take from under a site of this session. */
type Theft = [what: string, steal: (bench: RuntimeBench) => Promise<unknown>];

function containerOf(title: string, filter: string): Theft {
  return [
    title,
    async ({ session }) => {
      const docker = engineOfTests();
      const all = await docker.listContainers({ all: true, filters: { label: [`cleave.session=${session}`] } });
      const one = all.find(({ Names }) => Names[0]?.includes(filter));
      await docker.getContainer(one?.Id ?? 'none').remove({ force: true });
    },
  ];
}

/** Removes a folder in which the site may be writing just then. */
const removeBeside = (folder: string): Promise<void> => rm(folder, { recursive: true, maxRetries: 10 });

const thefts: Record<RuntimeUnderTest, Theft[]> = {
  docker: [containerOf('a unit', '-entry-'), containerOf('the agent', '-agent-')],
  process: [
    ['its record', ({ folder }) => removeBeside(path.join(folder, 'state', 'sites'))],
    ['its folder', ({ folder }) => removeBeside(path.join(folder, 'work', 'sites'))],
  ],
};

/** Ends the reaper of that process, as if the machine had run out of memory at the worst moment. */
async function killReaperOf(pid: number): Promise<void> {
  const children = (await readProcesses()).filter(({ ppid, command }) => ppid === pid && command.includes(' -e ('));
  expect(children).toHaveLength(1);
  for (const child of children) process.kill(child.pid, 'SIGKILL');
}

describe('an owner in the process runtime', () => table('process'));
describeWithEngine('an owner in the docker runtime', () => table('docker'));
