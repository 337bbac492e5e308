import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  daemonPaths,
  daemonPid,
  startDaemon,
  stopDaemon,
  type DaemonPaths,
} from '../../../scripts/docker-engine/daemon.ts';

/** What can happen to the engine itself. */
export const interruptions = ['paused', 'restarted', 'killed'] as const;
export type InterruptionKind = (typeof interruptions)[number];

const pausedMs = 40_000;
const pollMs = 50;

/** The engine at that address where scripts/engine.ts started it, so that it may be interrupted; null elsewhere. */
export async function daemonAt(dockerHost: string): Promise<DaemonPaths | null> {
  const socket = /^unix:\/\/(.+)$/.exec(dockerHost)?.[1];
  if (socket === undefined) return null;
  const paths = daemonPaths(path.dirname(socket));
  return (await daemonPid(paths)) === undefined ? null : paths;
}

/** Interrupts it, and settles once it answers again. Throws where it is not running, or does not come back. */
export async function interrupt(paths: DaemonPaths, how: InterruptionKind): Promise<void> {
  const pid = await daemonPid(paths);
  if (pid === undefined) throw new Error(`no engine of ours runs in ${paths.dir}`);
  switch (how) {
    case 'paused':
      process.kill(pid, 'SIGSTOP');
      try {
        await delay(pausedMs);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      return;
    case 'restarted':
      await stopDaemon(paths);
      await startDaemon(paths);
      return;
    case 'killed':
      process.kill(pid, 'SIGKILL');
      // As whoever supervises it would, since it waits for one that answers to nobody.
      await killContainerd(paths);
      while ((await daemonPid(paths)) !== undefined) await delay(pollMs);
      await startDaemon(paths);
      return;
    default:
      how satisfies never;
  }
}

async function killContainerd({ execRoot }: DaemonPaths): Promise<void> {
  const file = path.join(execRoot, 'containerd', 'containerd.pid');
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  if (pid > 0) process.kill(pid, 'SIGKILL');
  await rm(file, { force: true });
}
