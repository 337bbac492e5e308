import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { build } from 'esbuild';
import { configurationSchema, type Configuration } from '../configuration.ts';
import { hostUnit, type RunningUnit } from '../host.ts';
import { silentLog } from '../log.ts';
import type { ModuleDefinition } from '../module.ts';

// For tests only: whole topologies in one process or in child processes. Nothing of a unit imports this file.

/** Unit name -> modules. */
export type Cut = Readonly<Record<string, readonly string[]>>;

export interface TopologyOptions {
  readonly cut: Cut;
  readonly settings?: unknown;
  readonly seed?: { value: number; sizes: Record<string, number> };
}

/** A topology that is up. */
export interface HostedTopology {
  readonly token: string;
  /** Where each module is served. */
  url(module: string): string;
  controlUrl(module: string): string;
  /** One request of the control API of the unit that hosts `module`; the parsed answer. */
  control(module: string, method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'kit-'));
}

function configure(
  options: TopologyOptions,
  unit: string,
  directory: string,
  units: Configuration['units'],
  ports: [number, number],
  token: string,
): Configuration {
  return configurationSchema.parse({
    protocol: 1,
    application: 'test',
    unit,
    modules: options.cut[unit],
    units,
    listen: { host: '127.0.0.1', port: ports[0] },
    control: { host: '127.0.0.1', port: ports[1], token },
    dataDirectory: join(directory, unit),
    seed: options.seed ?? { value: 7, sizes: { products: 60, stock: 1000 } },
    settings: options.settings ?? {},
  });
}

function topologyOf(
  cut: Cut,
  token: string,
  urls: Record<string, { url: string; control: string }>,
  close: () => Promise<void>,
): HostedTopology {
  const home = (module: string): { url: string; control: string } => {
    const unit = Object.entries(cut).find(([, modules]) => modules.includes(module))?.[0] ?? '';
    const found = urls[unit];
    if (found === undefined) throw new Error(`no unit has ${module}`);
    return found;
  };
  return {
    token,
    url: (module) => home(module).url,
    controlUrl: (module) => home(module).control,
    async control(module, method, path, body) {
      const response = await fetch(home(module).control + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await response.json()) as unknown;
    },
    close,
  };
}

/** Hosts every unit of a cut in this process, on ports that the system chooses. */
export async function hostTopology(
  modules: Readonly<Record<string, ModuleDefinition>>,
  options: TopologyOptions,
): Promise<HostedTopology> {
  const directory = temporary();
  const token = randomBytes(16).toString('hex');
  // The addresses are filled in as the units come up: a unit asks for another's only at its first call.
  const units: Configuration['units'] = Object.fromEntries(
    Object.entries(options.cut).map(([unit, names]) => [unit, { modules: [...names], url: 'http://127.0.0.1:9' }]),
  );
  const running: RunningUnit[] = [];
  const urls: Record<string, { url: string; control: string }> = {};
  for (const unit of Object.keys(options.cut)) {
    const configuration = { ...configure(options, unit, directory, units, [0, 0], token), units };
    const hosted = await hostUnit(configuration, modules, silentLog);
    running.push(hosted);
    const url = `http://127.0.0.1:${hosted.publicPort}`;
    urls[unit] = { url, control: `http://127.0.0.1:${hosted.controlPort}` };
    const entry = units[unit];
    if (entry !== undefined) entry.url = url;
  }
  return topologyOf(options.cut, token, urls, async () => {
    await Promise.all(running.map((unit) => unit.close()));
    rmSync(directory, { recursive: true, force: true });
  });
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
  pid(module: string): number;
  /** Waits for the unit of `module` to end; its exit status. */
  exited(module: string): Promise<number | null>;
  /** Starts the ended unit of `module` again, on its old ports and data. */
  restart(module: string): Promise<void>;
}

export interface SpawnOptions extends TopologyOptions {
  readonly kit: string;
  readonly sources: Readonly<Record<string, string>>;
}

/** Runs every unit of a cut as a child process of its own, bundled as the engine does. */
export async function spawnTopology(options: SpawnOptions): Promise<SpawnedTopology> {
  const directory = temporary();
  const token = randomBytes(16).toString('hex');
  const names = Object.keys(options.cut);
  const ports = await freePorts(names.length * 2);
  const port = (unit: string, which: 0 | 1): number => ports[names.indexOf(unit) * 2 + which] ?? 0;
  const units = Object.fromEntries(
    names.map((unit) => [unit, { modules: [...(options.cut[unit] ?? [])], url: `http://127.0.0.1:${port(unit, 0)}` }]),
  );
  const bundles = Object.fromEntries(
    await Promise.all(
      names.map(
        async (unit) =>
          [unit, await bundleUnit(options.kit, options.sources, options.cut[unit] ?? [], directory)] as const,
      ),
    ),
  );
  const children = new Map<string, { child: ChildProcess; output: string[]; exit: Promise<number | null> }>();

  async function start(unit: string): Promise<void> {
    const configuration = configure(options, unit, directory, units, [port(unit, 0), port(unit, 1)], token);
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', bundles[unit] ?? ''], {
      env: { ...process.env, CLEAVE_UNIT: JSON.stringify(configuration), NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    child.stdout.on('data', (text: Buffer) => output.push(text.toString()));
    child.stderr.on('data', (text: Buffer) => output.push(text.toString()));
    const exit = new Promise<number | null>((resolve) => {
      child.once('exit', (code) => resolve(code));
    });
    children.set(unit, { child, output, exit });
    await untilReady(`http://127.0.0.1:${port(unit, 0)}/health/ready`, child, output);
  }

  const close = async (): Promise<void> => {
    for (const { child } of children.values()) child.kill('SIGKILL');
    await Promise.all([...children.values()].map(({ exit }) => exit));
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await Promise.all(names.map(start));
  } catch (error) {
    await close();
    throw error;
  }
  const urls = Object.fromEntries(
    names.map((unit) => [
      unit,
      { url: `http://127.0.0.1:${port(unit, 0)}`, control: `http://127.0.0.1:${port(unit, 1)}` },
    ]),
  );
  const unitOf = (module: string): string => names.find((unit) => options.cut[unit]?.includes(module)) ?? '';
  return {
    ...topologyOf(options.cut, token, urls, close),
    bundles,
    pid: (module) => children.get(unitOf(module))?.child.pid ?? 0,
    exited: (module) => children.get(unitOf(module))?.exit ?? Promise.resolve(null),
    restart: (module) => start(unitOf(module)),
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

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
        }),
    ),
  );
  return ports;
}
