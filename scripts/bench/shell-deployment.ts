import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const readyLimitMs = 60_000;

const containerSchema = z.object({
  Config: z.object({ Image: z.string(), Env: z.array(z.string()), Labels: z.record(z.string(), z.string()) }),
  HostConfig: z.object({
    Memory: z.number(),
    CpusetCpus: z.string(),
    PidsLimit: z.number().nullable(),
    PortBindings: z.record(z.string(), z.unknown()).nullable(),
  }),
});

/** One container as a shell would start it: an image, its environment and its limits. */
export interface ShellUnit {
  name: string;
  image: string;
  environment: string[];
  memoryBytes: number;
  cpus: string;
  pids: number;
  published: boolean;
}

/** Reads from running containers how to start the same by hand. */
export async function unitsOfSession(session: string): Promise<ShellUnit[]> {
  const listed = await run('docker', [
    'ps',
    '--quiet',
    '--filter',
    `label=cleave.session=${session}`,
    '--filter',
    'label=cleave.unit',
  ]);
  const ids = listed.stdout.split('\n').filter((id) => id !== '');
  const inspected = await run('docker', ['inspect', ...ids], { maxBuffer: 2 ** 26 });
  return z
    .array(containerSchema)
    .parse(JSON.parse(inspected.stdout))
    .flatMap(({ Config, HostConfig }) => {
      const name = Config.Labels['cleave.unit'];
      if (name === undefined || !Config.Env.some((entry) => entry.startsWith('CLEAVE_UNIT='))) return [];
      return [
        {
          name,
          image: Config.Image,
          environment: Config.Env,
          memoryBytes: HostConfig.Memory,
          cpus: HostConfig.CpusetCpus,
          pids: HostConfig.PidsLimit ?? 0,
          published: Object.keys(HostConfig.PortBindings ?? {}).length > 0,
        },
      ];
    });
}

/**
 * Starts the units with `docker run`, all at once from one shell, and waits for the first good answer of `path` at the published one. Network and volumes
 * are made before the clock starts, as Cleave does. Returns ms; removes everything.
 */
export async function deployFromShell(units: readonly ShellUnit[], path: string): Promise<number> {
  const label = `cleave-bench-${process.pid}-${Date.now()}`;
  const port = await freePort();
  const containers = units.map((unit) => `${label}-${unit.name}`);
  await run('docker', ['network', 'create', '--label', label, label]);
  await Promise.all(containers.map((name) => run('docker', ['volume', 'create', '--label', label, name])));
  try {
    const commands = units.map((unit, index) => {
      const flags = [
        ...['--name', containers[index] ?? unit.name, '--label', label],
        ...['--network', label, '--network-alias', unit.name],
        ...['--memory', `${unit.memoryBytes}b`, '--memory-swap', `${unit.memoryBytes}b`],
        ...(unit.cpus === '' ? [] : ['--cpuset-cpus', unit.cpus]),
        ...['--pids-limit', String(unit.pids)],
        ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--init', '--user', '1000:1000'],
        ...['--read-only', '--tmpfs', '/tmp:rw,noexec,nosuid,nodev,size=64m', '--workdir', '/tmp'],
        ...['--restart', 'on-failure', '--mount', `type=volume,source=${containers[index] ?? ''},target=/data`],
        ...unit.environment.flatMap((entry) => ['--env', entry]),
        ...(unit.published ? ['--publish', `127.0.0.1:${port}:8080`] : []),
      ];
      return ['docker', 'run', '--detach', ...flags, unit.image].map(quoted).join(' ');
    });
    const from = performance.now();
    const shell = spawn('sh', ['-c', `${commands.join(' & ')} & wait`], { stdio: ['ignore', 'ignore', 'inherit'] });
    const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
    await firstGood(`http://127.0.0.1:${port}${path}`, from);
    const ms = performance.now() - from;
    await ended;
    return ms;
  } finally {
    await run('docker', ['rm', '--force', '--volumes', ...containers]).catch(() => undefined);
    await run('docker', ['volume', 'rm', '--force', ...containers]).catch(() => undefined);
    await run('docker', ['network', 'rm', label]).catch(() => undefined);
  }
}

async function firstGood(url: string, from: number): Promise<void> {
  while (performance.now() - from < readyLimitMs) {
    const good = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (good) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} gave no good answer within ${readyLimitMs / 1000} s`);
}

/** A port of 127.0.0.1 that nobody listens on right now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
