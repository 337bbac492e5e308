import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeHome, start, type Home, type Running } from '../cli/run.ts';
import type { CallKind, Phase } from './call.ts';
import { briefExperiment } from './experiment.ts';
import { leftOf } from './left.ts';
import { faultProxy, type EngineFault, type FaultProxy } from './proxy.ts';

/** A run in which an engine's call failed, and what became of it. */
export interface Trial {
  fault: EngineFault | null;
  /** How often the call failed; 0: this run did not come to it. */
  done: number;
  code: number | null;
  /** What it said at last, on standard error. */
  stderr: string;
  text: string;
  tookMs: number;
  /** The longest time in which nothing was said and nothing asked of the engine, ms. */
  stillMs: number;
  /** From the last thing said to the end of the process, ms. */
  lastMs: number;
  /** On the engine once the process had ended, and a while later, when its reaper has had its time with an engine that is well. */
  left: string[];
  stayed: string[];
  calls: CallKind[];
}

const longestMs = 240_000;
const reaperMs = 45_000;

/** What is said when a phase begins. */
const begins: readonly [said: RegExp, phase: Phase][] = [
  [/^Build the units$/, 'building'],
  [/^Measure the floor|^ {2}Deploy$/, 'starting'],
  [/^ {2}(?:Warm up|Measure )/, 'measuring'],
  [/^ {2}Replace /, 'replacing'],
  [/^ {2}Take it down$/, 'closing'],
];

/** Something that is done to the engine when a run comes to a phase. */
export interface Interruption {
  phase: Phase;
  /** Settles once the engine is well again. */
  act: () => Promise<void>;
}

/** What asks the engine, in a process of its own: through the proxy at `address`; where it only looks, the engine itself is at `dockerHost`. */
export type Subject = (home: Home, address: string, dockerHost: string) => Promise<Running>;

/** A brief experiment. */
export const experiment: Subject = async (home, address) =>
  start(home, ['compare', '--experiment', await briefExperiment(home), '--runtime', 'docker'], {
    environment: { DOCKER_HOST: address },
  });

/** Runs that in a process of its own on the engine at `dockerHost`, with one kind of call failing on the way there, or with something done to the engine meanwhile. */
export async function tryFault(
  dockerHost: string,
  fault: EngineFault | null,
  interruption: Interruption | null = null,
  subject: Subject = experiment,
): Promise<Trial> {
  const home = makeHome();
  const proxy = await faultProxy(dockerHost, path.join(home.folder, 'engine.sock'), fault);
  try {
    const begunMs = performance.now();
    const running = await subject(home, proxy.address, dockerHost);
    const pid = running.child.pid ?? Number.NaN;
    let acting: Promise<void> | undefined;
    const { code, stderr, stillMs, lastMs } = await watch(running, proxy, (phase) => {
      if (phase === interruption?.phase) acting ??= interruption.act();
    });
    const tookMs = performance.now() - begunMs;
    await acting;
    const left = await leftOf(pid, dockerHost);
    proxy.heal();
    const stayed = await untilGone(() => leftOf(pid, dockerHost));
    const calls = [...proxy.seen.values()].map(({ call }) => call);
    return {
      ...{ fault, done: proxy.done, code, stderr, text: running.text() },
      ...{ tookMs, stillMs, lastMs, left, stayed, calls },
    };
  } finally {
    await proxy.close();
    home.remove();
  }
}

/** Follows a run to its end, or ends it when it takes far too long. */
async function watch(
  running: Running,
  proxy: FaultProxy,
  onPhase: (phase: Phase) => void,
): Promise<Pick<Trial, 'code' | 'stderr' | 'stillMs' | 'lastMs'>> {
  let [saidMs, movedMs, stillMs] = [performance.now(), performance.now(), 0];
  const moved = (): void => {
    stillMs = Math.max(stillMs, performance.now() - movedMs);
    movedMs = performance.now();
  };
  const stopHearing = running.onSaid((line) => {
    saidMs = performance.now();
    moved();
    const next = begins.find(([said]) => said.test(line))?.[1];
    if (next === undefined || next === proxy.phase) return;
    proxy.phase = next;
    onPhase(next);
  });
  const stopSeeing = proxy.onMove(moved);
  const overdue = new AbortController();
  const limit = delay(longestMs, undefined, { signal: overdue.signal }).then(
    () => running.child.kill('SIGKILL'),
    () => undefined,
  );
  const { code, stderr } = await running.ended;
  overdue.abort();
  await limit;
  stopHearing();
  stopSeeing();
  moved();
  return { code, stderr, stillMs, lastMs: performance.now() - saidMs };
}

async function untilGone(look: () => Promise<string[]>): Promise<string[]> {
  const endMs = performance.now() + reaperMs;
  for (;;) {
    const left = await look();
    if (left.length === 0 || performance.now() > endMs) return left;
    await delay(250);
  }
}
