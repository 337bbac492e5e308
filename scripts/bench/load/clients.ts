import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { decodeHistogram, quantileMs, type LoadMeasurement, type LoadPlan } from '../../../engine/model/index.ts';
import { nodeProgram, runPinned } from '../../../tests/metrology/processes.ts';

/** What one client reports of one run. */
export interface ClientRun {
  requests: number;
  cpuSeconds: number;
  p50Ms: number | null;
  p99Ms: number | null;
  /** Only the own generator knows its lag. */
  pacingLag: { p50Ms: number; p99Ms: number } | null;
  /** What it says of itself. */
  remarks: string[];
}

/** Compiled code is what is compared: every Node client has run that long before it is measured. */
export const WARM_UP_MS = 2000;

export interface ClientWish {
  url: string;
  seconds: number;
  connections: number;
  /** Requests a second; null: closed loop, as fast as it goes. */
  rate: number | null;
}

export function hasWrk(): boolean {
  return spawnSync('wrk', ['--version']).error === undefined;
}

/**
 * The own generator. It knows only the open loop; for a closed one it is asked for a little more than a closed loop has just reached, so
 * that its connections are never idle.
 */
export async function runOurs(wish: ClientWish, seed: number): Promise<ClientRun> {
  const rate = wish.rate ?? (await closedLoopRate(wish)) * 1.1;
  const plan = planOf(wish, rate, seed);
  const program = nodeProgram('generator.ts', ['open', JSON.stringify(plan), String(WARM_UP_MS)]);
  const { endpoints, generator } = JSON.parse(await runPinned(program)) as LoadMeasurement;
  const target = endpoints['target'];
  if (target === undefined) throw new Error('The generator measured nothing.');
  const response = decodeHistogram(target.responseTime);
  return {
    requests: target.scheduled,
    cpuSeconds: generator.cpuSeconds,
    p50Ms: quantileMs(response, 0.5),
    p99Ms: quantileMs(response, 0.99),
    pacingLag: { p50Ms: generator.pacingLagP50Ms, p99Ms: generator.pacingLagP99Ms },
    remarks: generator.reasons,
  };
}

/** One journey of one request at a rate, Poisson. */
export function planOf(wish: ClientWish, rate: number, seed: number): LoadPlan {
  return {
    baseUrl: wish.url,
    journeys: {
      target: { title: 'Target', weight: 1, steps: [{ endpoint: 'target', path: '/', expect: { status: [200] } }] },
    },
    stages: [{ journeysPerSecond: rate, durationMs: wish.seconds * 1000 }],
    arrivals: 'poisson',
    seed,
    deadlineMs: 60_000,
    maxConnections: wish.connections,
    sliceMs: 1000,
    traceShare: 0,
    ledger: false,
    identitySalt: '',
  };
}

async function closedLoopRate(wish: ClientWish): Promise<number> {
  const probe = { ...wish, seconds: 1 };
  return (hasWrk() ? await runWrk(probe) : await runLibrary('autocannon', probe)).requests;
}

/** A library in a process of its own, so that its start-up is not in its CPU. undici knows only the closed loop here. */
export async function runLibrary(name: 'autocannon' | 'undici', wish: ClientWish): Promise<ClientRun> {
  const file = path.join(import.meta.dirname, `${name}-client.ts`);
  return JSON.parse(await runPinned([process.execPath, file, JSON.stringify(wish)])) as ClientRun;
}

/** The kit's connections in a process of their own, to so many addresses of one server; 0: to one that is fixed. */
export async function runAddresses(count: number, wish: ClientWish): Promise<ClientRun> {
  const file = path.join(import.meta.dirname, 'address-client.ts');
  return JSON.parse(await runPinned([process.execPath, file, JSON.stringify(wish), String(count)])) as ClientRun;
}

/** wrk with one thread; it knows only the closed loop. Its CPU time is what the shell's `time` says. */
export async function runWrk(wish: ClientWish): Promise<ClientRun> {
  const wrk = `wrk -t1 -c${wish.connections} -d${wish.seconds}s --latency ${wish.url}/`;
  const output = await runPinned(['bash', '-c', `TIMEFORMAT='cpu %U %S'; { time ${wrk} ; } 2>&1`]);
  const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? Number.NaN);
  return {
    requests: number(/(\d+) requests in/),
    cpuSeconds: number(/cpu ([\d.]+)/) + number(/cpu [\d.]+ ([\d.]+)/),
    p50Ms: durationMs(/50%\s+(\S+)/.exec(output)?.[1]),
    p99Ms: durationMs(/99%\s+(\S+)/.exec(output)?.[1]),
    pacingLag: null,
    remarks: [],
  };
}

function durationMs(text: string | undefined): number | null {
  const match = /^([\d.]+)(us|ms|s)$/.exec(text ?? '');
  if (match === null) return null;
  const units: Record<string, number> = { us: 0.001, ms: 1, s: 1000 };
  return Number(match[1]) * (units[match[2] ?? ''] ?? Number.NaN);
}
