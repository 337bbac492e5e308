import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import Docker from 'dockerode';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openRuntime, type Runtime, type RunningUnit, type Site, type UnitEvent } from '../../engine/runtime/index.ts';
import { testDockerHost } from './engine.ts';
import { startTestUnit } from './runtime-unit.ts';
import { eventually, getText } from './wait.ts';

export type RuntimeUnderTest = 'docker' | 'process';

/** A real runtime with folders and a session of its own, and the site that a test works in. What is in it is set when the first test begins. */
export interface RuntimeBench {
  kind: RuntimeUnderTest;
  session: string;
  run: { session: string; run: string };
  folder: string;
  runtime: Runtime;
  site: Site;
  /** What happened to the units of the site so far. */
  events: UnitEvent[];
  /** Set by tests in which somebody else removes things. */
  robbed: boolean;
  /** Starts a unit without waiting; published unless told otherwise. */
  startNow: (
    name: string,
    options?: { instance?: number; published?: boolean; publishedPort?: number },
  ) => Promise<RunningUnit>;
  /** Starts a published unit and waits until its process answers. */
  start: (name: string) => Promise<RunningUnit>;
  /** The event of that kind that came first; undefined if none did. */
  seen: (unit: string, kind: UnitEvent['kind']) => UnitEvent | undefined;
}

let benches = 0;

/**
 * Opens a runtime before the tests of this suite and a site before each of them, or one for all where they only look; nothing may be left of either,
 * and nothing may have been taken for somebody else's doing.
 */
export function runtimeBench(kind: RuntimeUnderTest, sites: 'one for each' | 'one for all'): RuntimeBench {
  benches += 1;
  const session = `test-${process.pid}-${Date.now().toString(36)}-${benches}`;
  const run = { session, run: 'table' };
  const bench: Partial<RuntimeBench> & Pick<RuntimeBench, 'events' | 'run'> = {
    kind,
    session,
    run,
    events: [],
    robbed: false,
    startNow: (name, options = {}) => {
      const { runtime, site } = bench as RuntimeBench;
      return startTestUnit(runtime, site, run, name, { published: true, ...options });
    },
    start: async (name) => {
      const unit = await (bench as RuntimeBench).startNow(name);
      await upAt(unit.publishedUrl);
      return unit;
    },
    seen: (unit, wanted) => bench.events.find((event) => event.unit === unit && event.kind === wanted),
  };

  const open = async (): Promise<void> => {
    bench.folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-runtime-'));
    const opened = await openRuntime(kind, {
      nodePath: process.execPath,
      stateDir: path.join(bench.folder, 'state'),
      workDir: path.join(bench.folder, 'work'),
      session,
      explicitEngine: kind === 'docker' ? testDockerHost() : undefined,
    });
    bench.runtime = opened.runtime;
  };
  const openSite = async (): Promise<void> => {
    const { runtime, events } = bench as RuntimeBench;
    events.length = 0;
    bench.robbed = false;
    const { cpus } = await runtime.resources();
    const last = cpus.at(-1) ?? 0;
    bench.site = await runtime.openSite({
      run,
      units: ['entry', 'other'],
      databases: ['database'],
      cpus: { application: [last], generator: [0] },
    });
    bench.site.onUnitEvent((event) => events.push(event));
  };
  const closeSite = async (): Promise<void> => {
    const { site, folder, robbed } = bench as RuntimeBench;
    // Whatever a fault, a restart or a replacement did, it was this program's own doing.
    await site.assertThere().catch(() => undefined);
    const vanished = site.vanished.aborted;
    // Notes what there is.
    await leftoversOf(kind, folder, session);
    // Closed before anything is asserted: what one test left would fail those after it.
    await site.close();
    expect(vanished).toBe(robbed);
    // What says that the runtime is open stays as long as it is.
    const left = await leftoversOf(kind, folder, session);
    expect(left.filter((name) => !name.startsWith('cleave-claim-'))).toEqual([]);
  };
  const close = async (): Promise<void> => {
    const { runtime, folder } = bench as RuntimeBench;
    await runtime.close();
    expect(await leftoversOf(kind, folder, session)).toEqual([]);
    await rm(folder, { recursive: true, force: true });
  };

  beforeAll(open);
  afterAll(close);
  if (sites === 'one for each') {
    beforeEach(openSite);
    afterEach(closeSite);
  } else {
    beforeAll(openSite);
    // Hooks that clean up run in the opposite order of those that are there: the site before its runtime.
    afterAll(closeSite);
  }
  return bench as RuntimeBench;
}

/** Address at which a unit asks another one. */
export function call(url: string | null, target: string): string {
  return `${url}/?url=${encodeURIComponent(target)}`;
}

/** What a test unit answers, once it does. */
export function upAt(url: string | null): Promise<string> {
  return eventually(`an answer of ${url}`, () => getText(url ?? ''));
}

export function engineOfTests(): Docker {
  return new Docker({ socketPath: testDockerHost().replace('unix://', '') });
}

/** Everything on the engine or on this machine that belongs to a session. */
export async function leftoversOf(kind: RuntimeUnderTest, folder: string, session: string): Promise<string[]> {
  if (kind === 'process') {
    const processes = (await readProcesses()).filter(({ command }) =>
      command.includes(path.join(folder, 'work', 'sites')),
    );
    const folders = await readdir(path.join(folder, 'work', 'sites')).catch(() => []);
    // Those of servers that must not run as root.
    const homes = await homesOf(path.join(folder, 'state', 'sites'));
    return [...processes.map(({ command }) => command), ...folders, ...homes];
  }
  const docker = engineOfTests();
  const filters = { label: [`cleave.session=${session}`] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return [...containers, ...networks].map((item) => item.Id).concat(volumes.Volumes.map((volume) => volume.Name));
}

/** Folders of servers of the store that were ever seen recorded, by folder of records: with a record the way to them is gone. */
const seenHomes = new Map<string, Set<string>>();

/** Folders that sites have outside their work folder, which nobody has removed. */
async function homesOf(records: string): Promise<string[]> {
  const homes = seenHomes.get(records) ?? new Set<string>();
  seenHomes.set(records, homes);
  for (const name of await readdir(records).catch(() => [])) {
    const text = await readFile(path.join(records, name), 'utf8').catch(() => '');
    const [, home] = /"home":"([^"]+)"/.exec(text) ?? [];
    if (home !== undefined) homes.add(home);
  }
  return [...homes].filter((home) => existsSync(home));
}

/** Every process of this machine. */
export async function readProcesses(): Promise<{ pid: number; ppid: number; command: string }[]> {
  const output = await new Promise<string>((resolve) => {
    execFile('ps', ['-eo', 'pid=,ppid=,args='], { maxBuffer: 1e8 }, (_error, stdout) => resolve(stdout));
  });
  return output.split('\n').flatMap((line) => {
    const [, pid, ppid, command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), ppid: Number(ppid), command: command.slice(0, 300) }];
  });
}
