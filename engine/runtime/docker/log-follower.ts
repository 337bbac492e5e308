import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { delay } from '../deadline.ts';
import { Listeners } from '../listeners.ts';
import { lineSplitter, parseTimestampedLine } from '../log-lines.ts';
import type { LogLine } from '../types.ts';
import { LIMIT_MS, engineCall, statusOf } from './call.ts';
import { withSignal } from './signalled.ts';

/** The last `lines` lines of a container, oldest first. */
export async function readLogs(
  docker: Docker,
  container: Container,
  lines: number,
  signal?: AbortSignal,
): Promise<LogLine[]> {
  const whole = await engineCall('Reading a unit’s log', LIMIT_MS.ask, signal, (abortSignal) =>
    container.logs({ follow: false, stdout: true, stderr: true, timestamps: true, tail: lines, abortSignal }),
  );
  const found: LogLine[] = [];
  // Without `follow` the answer comes as one buffer of frames.
  const source = new PassThrough();
  const ended = demux(docker, source, (line) => found.push(line));
  source.end(whole);
  await ended;
  return found.slice(-lines);
}

/** How far before the last line a log is asked for again, s: a clock may have been set back since. */
const overlapS = 10;
/** Lines that are remembered, to know what is handed over again. */
const mostRemembered = 20_000;
/** Between the end of a stream and asking for another, ms, and how often that may bring nothing new. */
const againMs = 250;
const mostInVain = 20;

/** Follows the log of a container that was just started, from its first line on, over its restarts and over streams that break off, as long as somebody listens. */
export class LogFollower {
  readonly #docker: Docker;
  readonly #container: Container;
  readonly #listeners = new Listeners<LogLine>();
  /** How often each line of late was handed over, and all of them in order. */
  readonly #seen = new Map<string, number>();
  #order: string[] = [];
  #closing: AbortController | null = null;
  /** Where the engine begins: with all that the container has written, with what comes, or at a moment of its own clock, which is not this program's. */
  #from: { tail?: number; since?: number } = {};

  constructor(docker: Docker, container: Container) {
    this.#docker = docker;
    this.#container = container;
  }

  add(listener: (line: LogLine) => void): () => void {
    const remove = this.#listeners.add(listener);
    if (this.#closing === null) {
      this.resume();
    }
    return () => {
      remove();
      if (this.#listeners.size > 0) return;
      this.close();
      // Who listens later hears of what comes.
      this.#from = { tail: 0 };
    };
  }

  /** To be called when the container was started again: the engine ends the stream when it stops. */
  resume(): void {
    if (this.#listeners.size === 0 || this.#closing !== null) return;
    const closing = new AbortController();
    this.#closing = closing;
    void this.#followOn(closing.signal).finally(() => {
      if (this.#closing === closing) this.#closing = null;
    });
  }

  close(): void {
    this.#closing?.abort();
    this.#closing = null;
  }

  /** A stream that ends while the container runs was cut off, and what it did not bring is asked for again. */
  async #followOn(signal: AbortSignal): Promise<void> {
    for (let inVain = 0; inVain < mostInVain; inVain++) {
      const isNew = await this.#follow(signal).catch(() => false);
      if (isNew) inVain = 0;
      // The container is gone or not there yet; `resume` tries again.
      if (signal.aborted || !(await this.#mayGoOn(signal))) return;
      await delay(againMs, signal).catch(() => undefined);
    }
  }

  /** Whether the container runs; an engine that does not say may be there again in a moment. */
  async #mayGoOn(signal: AbortSignal): Promise<boolean> {
    try {
      const { State } = await engineCall('Asking whether a unit runs', LIMIT_MS.ask, signal, (abortSignal) =>
        this.#container.inspect(withSignal({}, abortSignal)),
      );
      return State.Running;
    } catch (error) {
      return !signal.aborted && statusOf(error) === undefined;
    }
  }

  /** Hands on what one stream brings and was not handed on before; whether there was any. */
  async #follow(signal: AbortSignal): Promise<boolean> {
    // The engine takes up from a whole second, and hands some lines over again: each as often as before.
    const again = new Map(this.#seen);
    let isNew = false;
    const stream = await engineCall('Following a unit’s log', LIMIT_MS.ask, signal, (overdue) =>
      this.#container.logs({
        ...{ follow: true, stdout: true, stderr: true, timestamps: true },
        ...this.#from,
        abortSignal: AbortSignal.any([signal, overdue]),
      }),
    );
    await demux(this.#docker, stream, (line) => {
      const key = `${line.stream} ${line.atMs} ${line.line}`;
      const before = again.get(key) ?? 0;
      if (before > 0) {
        again.set(key, before - 1);
        return;
      }
      isNew = true;
      this.#remember(key);
      this.#from = { since: Math.max(0, Math.floor(line.atMs / 1000) - overlapS) };
      this.#listeners.emit(line);
    });
    return isNew;
  }

  #remember(key: string): void {
    this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
    this.#order.push(key);
    if (this.#order.length < 2 * mostRemembered) return;
    // In big steps, so that a chatty unit does not cost a copy a line.
    this.#order = this.#order.slice(-mostRemembered);
    this.#seen.clear();
    for (const one of this.#order) this.#seen.set(one, (this.#seen.get(one) ?? 0) + 1);
  }
}

function demux(docker: Docker, stream: NodeJS.ReadableStream, onLine: (line: LogLine) => void): Promise<void> {
  const reader = (name: LogLine['stream']): PassThrough => {
    const out = new PassThrough();
    const splitter = lineSplitter((text) => {
      const parsed = parseTimestampedLine(text);
      if (parsed) onLine({ atMs: parsed.atMs, stream: name, line: parsed.line });
      else onLine({ atMs: Date.now(), stream: name, line: text });
    });
    out.on('data', (chunk: Buffer) => splitter.write(chunk));
    out.on('end', () => splitter.end());
    return out;
  };
  const stdout = reader('stdout');
  const stderr = reader('stderr');
  docker.modem.demuxStream(stream, stdout, stderr);
  return new Promise((resolve) => {
    const end = (): void => {
      stdout.end();
      stderr.end();
      // The pass-throughs hand over what they hold before they end.
      let open = 2;
      const done = (): void => {
        open -= 1;
        if (open === 0) resolve();
      };
      stdout.once('end', done);
      stderr.once('end', done);
    };
    stream.once('end', end);
    stream.once('error', end);
    stream.once('close', end);
  });
}
