import type { Readable, Writable } from 'node:stream';

/** Streams of the agent's process. */
export interface AgentStreams {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  exited: Promise<number | null>;
}
