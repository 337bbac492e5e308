import { spawn, spawnSync } from 'node:child_process';
import { open, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { engineAnswers } from './address.ts';

const START_TIME_LIMIT_MS = 60_000;
const STOP_TIME_LIMIT_MS = 60_000;
const POLL_INTERVAL_MS = 100;

/** Where one daemon keeps what is its own. */
export interface DaemonPaths {
  dir: string;
  socket: string;
  dataRoot: string;
  execRoot: string;
  pidFile: string;
  log: string;
}

/** The paths of the daemon that lives in `dir`. Throws if its socket's path would be longer than the system allows. */
export function daemonPaths(dir: string): DaemonPaths {
  const root = path.resolve(dir);
  const socket = path.join(root, 'docker.sock');
  if (Buffer.byteLength(socket) > 107) {
    throw new Error(`--dir: ${root} is too long for a unix socket; choose a folder with a path of at most 95 bytes.`);
  }
  return {
    dir: root,
    socket,
    dataRoot: path.join(root, 'data'),
    execRoot: path.join(root, 'exec'),
    pidFile: path.join(root, 'dockerd.pid'),
    log: path.join(root, 'dockerd.log'),
  };
}

/** Starts a dockerd that outlives this process and resolves when it answers. Throws with the end of its log otherwise. */
export async function startDaemon(paths: DaemonPaths): Promise<void> {
  await mkdir(paths.dir, { recursive: true, mode: 0o711 });
  if ((await daemonPid(paths)) === undefined) await rm(paths.pidFile, { force: true });
  const log = await open(paths.log, 'a');
  const child = spawn(
    'dockerd',
    [
      ['--host', `unix://${paths.socket}`],
      ['--data-root', paths.dataRoot],
      ['--exec-root', paths.execRoot],
      ['--pidfile', paths.pidFile],
    ].flat(),
    // Debian keeps iptables in sbin, which a bare PATH may lack.
    {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
    },
  );
  const outcome = { failure: '' };
  child.once('error', (error) => (outcome.failure = error.message));
  child.once('exit', (code, signal) => (outcome.failure = `it ended with ${signal ?? `exit code ${code}`}`));
  child.unref();
  await log.close();

  const deadline = performance.now() + START_TIME_LIMIT_MS;
  while (!(await engineAnswers(`unix://${paths.socket}`))) {
    if (performance.now() > deadline) outcome.failure = `it did not answer within ${START_TIME_LIMIT_MS / 1000} s`;
    if (outcome.failure !== '') {
      throw new Error(`dockerd did not start: ${outcome.failure}. The end of ${paths.log}:\n${await tail(paths.log)}`);
    }
    await delay(POLL_INTERVAL_MS);
  }
}

/** Stops the daemon of `paths` with its containers. False if none was running. Throws if it does not end in a minute. */
export async function stopDaemon(paths: DaemonPaths): Promise<boolean> {
  const pid = await daemonPid(paths);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGTERM');
  const deadline = performance.now() + STOP_TIME_LIMIT_MS;
  while ((await daemonPid(paths)) === pid) {
    if (performance.now() > deadline)
      throw new Error(`dockerd (pid ${pid}) did not stop within ${STOP_TIME_LIMIT_MS / 1000} s.`);
    await delay(POLL_INTERVAL_MS);
  }
  return true;
}

/** Removes what a daemon that was stopped left in these folders of its own. */
export async function removeLeftovers(paths: DaemonPaths, folders: readonly string[]): Promise<void> {
  // It mounts its data onto itself where mounts are not shared, and does not always take that back.
  spawnSync('umount', ['--lazy', paths.dataRoot], { stdio: 'ignore' });
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}

/** The process id of the daemon of `paths` if it runs. A recycled id of another program does not count. */
export async function daemonPid(paths: DaemonPaths): Promise<number | undefined> {
  const pid = Number.parseInt(await readFile(paths.pidFile, 'utf8').catch(() => ''), 10);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.split('\0').includes(`unix://${paths.socket}`) ? pid : undefined;
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-15).join('\n');
}
