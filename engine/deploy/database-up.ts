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

export interface UntilUp {
  site: Pick<Site, 'onUnitEvent'>;
  clock: Pick<Clock, 'delay' | 'monotonicMs'>;
  signal?: AbortSignal;
  /** Only what it says after this counts, by the runtime's clock; absent: whatever it said. */
  afterMs?: number;
}

/** Waits until a server of the store says that it takes connections; gives when that was by the runtime's clock. Throws DeployError when that takes too long or it ends over and over. */
export async function untilUp(
  server: RunningUnit,
  { site, clock, signal, afterMs = -Infinity }: UntilUp,
): Promise<number> {
  const heard = new AbortController();
  let upAtMs: number | null = null;
  let endings = 0;
  const hear = ({ atMs, line }: LogLine): void => {
    if (upAtMs !== null || atMs <= afterMs || !line.includes(DATABASE_IS_UP)) return;
    upAtMs = atMs;
    heard.abort();
  };
  const stopHearing = server.onLog(hear);
  const forget = site.onUnitEvent(({ unit, kind }) => {
    if (unit === server.name && kind === 'die') endings += 1;
  });
  const wait = signal === undefined ? heard.signal : AbortSignal.any([heard.signal, signal]);
  const untilMs = clock.monotonicMs() + upLimitMs;
  try {
    for (;;) {
      for (const line of await server.recentLogs(readLogLines)) hear(line);
      signal?.throwIfAborted();
      if (upAtMs !== null) return upAtMs;
      if (endings >= mostEndings || clock.monotonicMs() > untilMs) throw await notUp(server, endings);
      await clock.delay(againMs, wait).catch(() => undefined);
    }
  } finally {
    stopHearing();
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
