import type { Clock } from '../clock/index.ts';
import { DATABASE_IS_UP, type LogLine, type RunningUnit, type Site } from '../runtime/index.ts';
import { DeployError } from './deploy-error.ts';
import { lastWords } from './last-words.ts';

const upLimitMs = 60_000;
/** Whoever follows the log hears at once; looked at besides, in case it does not. */
const againMs = 200;
/** A server that ended this often before it was up ends again. */
const mostEndings = 4;
const readLogLines = 300;

/** Hears a server of the store say that it takes connections, until it is stopped. */
export interface UpListener {
  /** When it last said so, by the runtime's clock; null: not yet. */
  readonly upAtMs: number | null;
  /** Aborts when it first says so. */
  readonly up: AbortSignal;
  /** For lines from before it listened. */
  hear(line: LogLine): void;
  stop(): void;
}

/** Only what the server says after `afterMs` counts, by the runtime's clock. Whoever waits later hears it so however much was logged since, of which the runtime keeps the last lines. */
export function listenForUp(server: Pick<RunningUnit, 'onLog'>, afterMs = -Infinity): UpListener {
  const heard = new AbortController();
  let upAtMs: number | null = null;
  const hear = ({ atMs, line }: LogLine): void => {
    if (atMs <= (upAtMs ?? afterMs) || !line.includes(DATABASE_IS_UP)) return;
    upAtMs = atMs;
    heard.abort();
  };
  const stop = server.onLog(hear);
  return {
    get upAtMs() {
      return upAtMs;
    },
    ...{ up: heard.signal, hear, stop },
  };
}

export interface UntilUp {
  site: Pick<Site, 'onUnitEvent'>;
  clock: Pick<Clock, 'delay' | 'monotonicMs'>;
  signal?: AbortSignal;
  /** Listens since before the server was started; it stays the caller's to stop. Absent: whatever the server said counts. */
  listener?: UpListener;
}

/** Waits until a server of the store says that it takes connections; gives when that was by the runtime's clock. Throws DeployError when that takes too long or it ends over and over. */
export async function untilUp(server: RunningUnit, { site, clock, signal, listener: given }: UntilUp): Promise<number> {
  const listener = given ?? listenForUp(server);
  let endings = 0;
  const forget = site.onUnitEvent(({ unit, kind }) => {
    if (unit === server.name && kind === 'die') endings += 1;
  });
  const wait = signal === undefined ? listener.up : AbortSignal.any([listener.up, signal]);
  const untilMs = clock.monotonicMs() + upLimitMs;
  try {
    for (;;) {
      if (listener.upAtMs === null) for (const line of await server.recentLogs(readLogLines)) listener.hear(line);
      signal?.throwIfAborted();
      if (listener.upAtMs !== null) return listener.upAtMs;
      if (endings >= mostEndings || clock.monotonicMs() > untilMs) throw await notUp(server, endings);
      await clock.delay(againMs, wait).catch(() => undefined);
    }
  } finally {
    if (given === undefined) listener.stop();
    forget();
  }
}

async function notUp(server: RunningUnit, endings: number): Promise<DeployError> {
  const lines = await server.recentLogs(readLogLines).catch(() => []);
  const why = endings >= mostEndings ? `it ended ${endings} times` : `not within ${upLimitMs / 1000} s`;
  return new DeployError(
    `the server "${server.name}" of the store did not get ready: ${why}; ${lastWords(lines.map(({ line }) => line))}`,
  );
}

/** When it last said that it takes connections, by the runtime's clock; -Infinity where it never did. */
export async function lastUpMs(server: RunningUnit): Promise<number> {
  const lines = await server.recentLogs(readLogLines);
  return lines.findLast(({ line }) => line.includes(DATABASE_IS_UP))?.atMs ?? -Infinity;
}
