import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Docker from 'dockerode';
import { createRandom } from '../../engine/model/index.ts';
import { sweepAll } from '../../engine/runtime/index.ts';
import { leftOfProcesses, leftOnEngine } from './left.ts';
import { plantOnEngine, plantProcesses } from './look-alikes.ts';

/** What is killed: the program alone, its whole process group, or first its reaper and then it. */
export const targets = ['leader', 'group', 'reaper'] as const;
export type Target = (typeof targets)[number];
export type Kind = 'process' | 'docker';

export interface Kill {
  kind: Kind;
  target: Target;
  /** What the program was doing. */
  phase: string;
  /** Whether a clean-up by the next start was needed: always when the reaper was killed too. */
  swept: boolean;
  /** From the kill until nothing was left, ms; null when something stayed. */
  goneMs: number | null;
  left: string[];
  /** Look-alikes that were harmed. */
  touched: string[];
}

export interface CampaignOptions {
  kills: number;
  seed: number;
  /** DOCKER_HOST of the engine; null: the process runtime alone. */
  engine: string | null;
  /** These runtimes in turn; both if not given and there is an engine. */
  kinds?: readonly Kind[];
  onKill?: (kill: Kill, index: number) => void;
}

const longestMs = { process: 2500, docker: 6000 } as const;
/** From the beginning of a replacement; to its end in most. */
const replacingMs = { process: 150, docker: 800 } as const;
/** Every so many-eth is killed while it replaces an instance, wherever it is by then. */
const replacingEvery = 3;
const goneLimitMs = 60_000;
const lateMs = 2000;
const victim = path.resolve(import.meta.dirname, 'victim.ts');

/** Kills deploying programs at random moments, one after another, and looks what is left. The same seed makes the same kills at the same moments. */
export async function killAll(options: CampaignOptions): Promise<Kill[]> {
  const { kills, seed, engine, onKill } = options;
  const outcomes: Kill[] = [];
  const kinds = options.kinds ?? (engine === null ? (['process'] as const) : (['process', 'docker'] as const));
  for (let index = 0; index < kills; index += 1) {
    const kind = kinds[index % kinds.length] ?? 'process';
    const target = targets[Math.floor(index / kinds.length) % targets.length] ?? 'leader';
    const isReplacing = Math.floor(index / kinds.length / targets.length) % replacingEvery === replacingEvery - 1;
    const moment = createRandom(seed, 'kill', index).next();
    const outcome = await killOne({
      ...{ kind, target, engine },
      from: isReplacing ? 'replacing' : 'begun',
      afterMs: moment * (isReplacing ? replacingMs : longestMs)[kind],
    });
    outcomes.push(outcome);
    onKill?.(outcome, index);
  }
  return outcomes;
}

async function killOne(plan: {
  kind: Kind;
  target: Target;
  engine: string | null;
  /** What it has to say first, and how long after that it is killed, ms. */
  from: 'begun' | 'replacing';
  afterMs: number;
}): Promise<Kill> {
  const { kind, target, engine, from, afterMs } = plan;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-kill-'));
  const session = `kill-${path.basename(folder).slice(-6).toLowerCase()}`;
  const docker = kind === 'docker' && engine !== null ? dockerAt(engine) : null;
  const planted = docker === null ? await plantProcesses(folder) : await plantOnEngine(docker, `${session}-x`);
  try {
    const parameters = [victim, kind, folder, session, engine ?? ''];
    const child = spawn(process.execPath, parameters, { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    let phase = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        const said = chunk.toString().trim().split('\n');
        phase = said.at(-1) ?? phase;
        if (said.includes(from)) resolve();
      });
      child.once('exit', () => reject(new Error(`the program ended before it was ${from}`)));
    });
    await delay(afterMs);
    const pid = child.pid ?? 0;
    const ended = once(child, 'exit');
    strike(child, target);
    await ended;
    const killedMs = performance.now();
    const left = () => (docker === null ? leftOfProcesses(folder) : leftOnEngine(docker, session, pid));
    const swept = target === 'reaper';
    // What the next start of the program does where the reaper is gone; before that nobody is there to clean up.
    const cleanUp = async () => (swept ? sweep(folder, engine) : undefined);
    let remaining = await untilGone(left, cleanUp);
    let goneMs = remaining.length === 0 ? performance.now() - killedMs : null;
    // A call that was under way when its caller died may make something a little later.
    if (docker !== null && goneMs !== null) {
      await delay(lateMs);
      const late = await left();
      remaining = await untilGone(left, cleanUp);
      if (late.length > 0) goneMs = remaining.length === 0 ? performance.now() - killedMs : null;
    }
    // Also when nothing was left: a sweep must keep its hands off the look-alikes.
    await sweep(folder, engine);
    return { kind, target, phase, swept, goneMs, left: remaining, touched: await planted.touched() };
  } finally {
    await planted.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Looks until nothing is left, or for a minute; gives what is. */
async function untilGone(left: () => Promise<string[]> | string[], cleanUp: () => Promise<unknown>): Promise<string[]> {
  const endMs = performance.now() + goneLimitMs;
  let remaining = await left();
  for (; remaining.length > 0 && performance.now() < endMs; remaining = await left()) {
    await cleanUp();
    await delay(50);
  }
  return remaining;
}

function strike(child: ChildProcess, target: Target): void {
  const { pid } = child;
  if (pid === undefined) throw new Error('the program did not start');
  switch (target) {
    case 'leader':
      process.kill(pid, 'SIGKILL');
      return;
    case 'group':
      process.kill(-pid, 'SIGKILL');
      return;
    case 'reaper':
      // The program first: it would start another reaper.
      process.kill(pid, 'SIGSTOP');
      for (const reaper of reapersOf(pid)) process.kill(reaper, 'SIGKILL');
      process.kill(pid, 'SIGKILL');
      return;
    default:
      target satisfies never;
  }
}

/** Its children that run a program given as text: nothing else that it starts does. */
function reapersOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
        return ppid === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1] === '-e';
      } catch {
        return false;
      }
    });
}

async function sweep(folder: string, engine: string | null): Promise<void> {
  await sweepAll({
    stateDir: path.join(folder, 'state'),
    workDir: path.join(folder, 'work'),
    explicitEngine: engine ?? 'unix:///nonexistent/docker.sock',
  });
}

function dockerAt(engine: string): Docker {
  return new Docker({ socketPath: engine.replace(/^unix:\/\//, '') });
}
