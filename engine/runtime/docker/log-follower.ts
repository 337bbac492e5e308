import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import type { Container } from 'dockerode';
import { Listeners } from '../listeners.ts';
import { lineSplitter, parseTimestampedLine } from '../log-lines.ts';
import type { LogLine } from '../types.ts';
import { LIMIT_MS, engineCall } from './call.ts';

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

/** Follows a container's log over its restarts, as long as somebody listens. */
export class LogFollower {
  readonly #docker: Docker;
  readonly #container: Container;
  readonly #listeners = new Listeners<LogLine>();
  #closing: AbortController | null = null;
  #lastStamp = '';
  #sinceS = Date.now() / 1000;

  constructor(docker: Docker, container: Container) {
    this.#docker = docker;
    this.#container = container;
  }

  add(listener: (line: LogLine) => void): () => void {
    const remove = this.#listeners.add(listener);
    if (this.#closing === null) {
      this.#sinceS = Date.now() / 1000;
      this.resume();
    }
    return () => {
      remove();
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** To be called when the container was started again: the engine ends the stream when it stops. */
  resume(): void {
    if (this.#listeners.size === 0 || this.#closing !== null) return;
    const closing = new AbortController();
    this.#closing = closing;
    void this.#follow(closing).finally(() => {
      if (this.#closing === closing) this.#closing = null;
    });
  }

  close(): void {
    this.#closing?.abort();
    this.#closing = null;
  }

  async #follow(closing: AbortController): Promise<void> {
    // The engine takes up from a whole second: it hands some lines over again.
    const seenBefore = this.#lastStamp;
    try {
      const stream = await engineCall('Following a unit’s log', LIMIT_MS.ask, closing.signal, () =>
        this.#container.logs({
          follow: true,
          stdout: true,
          stderr: true,
          timestamps: true,
          since: this.#sinceS,
          abortSignal: closing.signal,
        }),
      );
      await demux(this.#docker, stream, (line, stamp) => {
        if (stamp !== '' && stamp <= seenBefore) return;
        this.#lastStamp = stamp;
        this.#sinceS = Math.max(this.#sinceS, Math.floor(line.atMs / 1000));
        this.#listeners.emit(line);
      });
    } catch {
      // The container is gone or not there yet; `resume` tries again.
    }
  }
}

function demux(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onLine: (line: LogLine, stamp: string) => void,
): Promise<void> {
  const reader = (name: LogLine['stream']): PassThrough => {
    const out = new PassThrough();
    const splitter = lineSplitter((text) => {
      const parsed = parseTimestampedLine(text);
      if (parsed) onLine({ atMs: parsed.atMs, stream: name, line: parsed.line }, parsed.stamp);
      else onLine({ atMs: Date.now(), stream: name, line: text }, '');
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
