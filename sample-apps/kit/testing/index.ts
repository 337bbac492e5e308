import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { configurationSchema, type Configuration, type DatabaseServer } from '../configuration.ts';
import { hostUnit, type RunningUnit } from '../host.ts';
import { silentLog } from '../log.ts';
import type { ModuleDefinition } from '../module.ts';
import { freePorts } from './free-ports.ts';
import { Instances, doorsOf, type Cut, type Doors, type Place } from './instances.ts';

export { sharedDatabase, type SharedDatabase } from './database.ts';
export type { Cut } from './instances.ts';
export { steppedTime } from './stepped-time.ts';
export { describePostgres, describeStores, type StoreOfTests } from './stores.ts';

// For tests only: whole topologies in one process or in child processes. Nothing of a unit imports this file.

export interface TopologyOptions {
  readonly cut: Cut;
  readonly settings?: unknown;
  readonly seed?: { value: number; sizes: Record<string, number> };
  /** Where all units have their data; absent: each in a file. */
  readonly database?: DatabaseServer | undefined;
}

/** A topology that is up. Where no instance is named, the first of the unit that is left is meant. */
export interface HostedTopology {
  readonly token: string;
  /** Where each module is served. */
  url(module: string, instance?: number): string;
  controlUrl(module: string, instance?: number): string;
  /** One request of the control API of the unit that hosts `module`; the parsed answer. */
  control(module: string, method: string, path: string, body?: unknown, instance?: number): Promise<unknown>;
  /** Starts one more instance of the unit of `module`, on the same data, of which nobody is told; its number. */
  addInstance(module: string): Promise<number>;
  /** Tells everybody to call these instances of the unit of `module` from now on; resolves as the control API does. */
  tell(module: string, instances: readonly number[]): Promise<void>;
  /** Starts an instance of the unit of `module` again, on its data and as it was configured. */
  restart(module: string, instance?: number): Promise<void>;
  close(): Promise<void>;
}

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'kit-'));
}

function configure(
  options: TopologyOptions,
  { unit, instance }: Place,
  directory: string,
  units: Configuration['units'],
  ports: readonly [number, number],
  token: string,
): Configuration {
  return configurationSchema.parse({
    protocol: 1,
    application: 'test',
    unit,
    instance,
    modules: options.cut[unit],
    units,
    listen: { host: '127.0.0.1', port: ports[0] },
    control: { host: '127.0.0.1', port: ports[1], token },
    dataDirectory: join(directory, unit),
    seed: options.seed ?? { value: 7, sizes: { products: 60, stock: 1000 } },
    settings: { ...(options.settings as object), store: options.database === undefined ? 'sqlite' : 'postgres' },
    ...(options.database === undefined ? {} : { database: options.database }),
  });
}

/** Units hosted in this process. */
export interface InProcessTopology extends HostedTopology {
  /** Takes an instance of the unit of `module` away without a word to its callers. */
  takeAway(module: string, instance?: number): Promise<void>;
}

/** Hosts every unit of a cut in this process, on ports that the system chooses. */
export async function hostTopology(
  modules: Readonly<Record<string, ModuleDefinition>>,
  options: TopologyOptions,
): Promise<InProcessTopology> {
  const directory = temporary();
  const token = randomBytes(16).toString('hex');
  // The addresses are filled in as the units come up: a unit asks for another's only at its first call.
  const units: Configuration['units'] = Object.fromEntries(
    Object.entries(options.cut).map(([unit, names]) => [unit, { modules: [...names], urls: ['http://127.0.0.1:9'] }]),
  );
  const instances = new Instances<Doors & { hosted: RunningUnit }>(options.cut);
  async function start(place: Place): Promise<void> {
    const configuration = { ...configure(options, place, directory, units, [0, 0], token), units };
    const hosted = await hostUnit(configuration, modules, silentLog);
    const url = `http://127.0.0.1:${hosted.publicPort}`;
    instances.set(place, { url, control: `http://127.0.0.1:${hosted.controlPort}`, hosted });
    const entry = units[place.unit];
    if (entry !== undefined && place.instance === 0) entry.urls = [url];
  }
  for (const unit of Object.keys(options.cut)) await start(instances.next(unit));
  return {
    ...doorsOf(token, instances),
    async addInstance(module) {
      const place = instances.next(instances.unitOf(module));
      await start(place);
      return place.instance;
    },
    async takeAway(module, instance) {
      const found = instances.find(module, instance);
      instances.delete(found);
      await found.running.hosted.close();
    },
    async restart(module, instance) {
      const { running, ...place } = instances.find(module, instance);
      await running.hosted.close();
      await start(place);
    },
    async close() {
      await Promise.all(instances.all.map(({ running }) => running.hosted.close()));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Bundles one unit as an ECMAScript module; gives the path. `sources`: module name -> source file. */
export async function bundleUnit(
  kit: string,
  sources: Readonly<Record<string, string>>,
  modules: readonly string[],
  directory: string,
): Promise<string> {
  const imports = modules.map((name, index) => `import { module as m${index} } from ${JSON.stringify(sources[name])};`);
  const entries = modules.map((name, index) => `${JSON.stringify(name)}: m${index}`);
  const outfile = join(directory, `${modules.join('-').slice(0, 100)}.mjs`);
  await build({
    stdin: {
      contents: `import { startUnit } from ${JSON.stringify(kit)};\n${imports.join('\n')}\nawait startUnit({ ${entries.join(', ')} });\n`,
      resolveDir: directory,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    minify: true,
    keepNames: true,
    // The CommonJS packages inside ask for `require`.
    banner: {
      js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);`,
    },
    outfile,
    logLevel: 'silent',
  });
  return outfile;
}

export interface SpawnedTopology extends HostedTopology {
  readonly bundles: Readonly<Record<string, string>>;
  pid(module: string, instance?: number): number;
  /** Waits for an instance of the unit of `module` to end; its exit status. */
  exited(module: string, instance?: number): Promise<number | null>;
  /** Starts an instance of the unit of `module`, which has ended, again, on its old ports and data. */
  restart(module: string, instance?: number): Promise<void>;
  /** Ends an instance of the unit of `module` as an engine does; its exit status. It is not there any more. */
  end(module: string, instance?: number): Promise<number | null>;
}

export interface SpawnOptions extends TopologyOptions {
  readonly kit: string;
  readonly sources: Readonly<Record<string, string>>;
}

/** An instance in a process of its own. */
interface Spawned extends Doors {
  readonly ports: readonly [number, number];
  readonly configuration: string;
  readonly child: ChildProcess;
  readonly exit: Promise<number | null>;
}

/** Runs every unit of a cut as a child process of its own, bundled as the engine does. */
export async function spawnTopology(options: SpawnOptions): Promise<SpawnedTopology> {
  const directory = temporary();
  const token = randomBytes(16).toString('hex');
  const names = Object.keys(options.cut);
  const ports = await freePorts(names.length * 2);
  const firstPorts = (unit: string): [number, number] => {
    const at = names.indexOf(unit) * 2;
    return [ports[at] ?? 0, ports[at + 1] ?? 0];
  };
  /** Where each unit answers, for those that start from now on. */
  const units: Configuration['units'] = Object.fromEntries(
    names.map((unit) => [
      unit,
      { modules: [...(options.cut[unit] ?? [])], urls: [`http://127.0.0.1:${firstPorts(unit)[0]}`] },
    ]),
  );
  const bundles = Object.fromEntries(
    await Promise.all(
      names.map(
        async (unit) =>
          [unit, await bundleUnit(options.kit, options.sources, options.cut[unit] ?? [], directory)] as const,
      ),
    ),
  );
  const instances = new Instances<Spawned>(options.cut);
  const doors = doorsOf(token, instances);

  async function start(place: Place, ports: readonly [number, number], given?: string): Promise<void> {
    const configuration = given ?? JSON.stringify(configure(options, place, directory, units, ports, token));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', bundles[place.unit] ?? ''], {
      env: { ...process.env, CLEAVE_UNIT: configuration, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stdout.on('data', (text: Buffer) => output.push(text.toString()));
    child.stderr.on('data', (text: Buffer) => output.push(text.toString()));
    const exit = new Promise<number | null>((resolve) => {
      child.once('exit', (code) => resolve(code));
    });
    const [url, control] = [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`];
    instances.set(place, { url, control, ports, configuration, child, exit });
    await untilReady(`${url}/health/ready`, child, output);
  }

  const close = async (): Promise<void> => {
    for (const { running } of instances.all) running.child.kill('SIGKILL');
    await Promise.all(instances.all.map(({ running }) => running.exit));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await Promise.all(names.map((unit) => start(instances.next(unit), firstPorts(unit))));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...doors,
    bundles,
    pid: (module, instance) => instances.find(module, instance).running.child.pid ?? 0,
    exited: (module, instance) => instances.find(module, instance).running.exit,
    async addInstance(module) {
      const place = instances.next(instances.unitOf(module));
      const [first = 0, second = 0] = await freePorts(2);
      await start(place, [first, second]);
      return place.instance;
    },
    async tell(module, numbers) {
      await doors.tell(module, numbers);
      const entry = units[instances.unitOf(module)];
      if (entry !== undefined) entry.urls = numbers.map((instance) => doors.url(module, instance));
    },
    async restart(module, instance) {
      const { running, ...place } = instances.find(module, instance);
      await start(place, running.ports, running.configuration);
    },
    async end(module, instance) {
      const found = instances.find(module, instance);
      found.running.child.kill('SIGTERM');
      const status = await found.running.exit;
      instances.delete(found);
      return status;
    },
    close,
  };
}

async function untilReady(url: string, child: ChildProcess, output: readonly string[]): Promise<void> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    if (child.exitCode !== null) throw new Error(`the unit ended before it was ready:\n${output.join('')}`);
    try {
      if ((await fetch(url)).status === 200) return;
    } catch {
      // Not listening yet.
    }
    await delay(10);
  }
  throw new Error(`the unit did not get ready:\n${output.join('')}`);
}
