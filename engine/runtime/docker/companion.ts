import { Duplex, PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { closeOnFailure, onceDone } from '../closing.ts';
import { delay } from '../deadline.ts';
import { EngineError } from '../errors.ts';
import { LABEL } from '../labels.ts';
import type { CompanionProcess } from '../types.ts';
import { LIMIT_MS, engineCall } from './call.ts';
import { createContainer } from './create.ts';
import { removeContainer } from './remove.ts';

const STOP_GRACE_MS = 1000;
const MEMORY_BYTES = 1024 * 1024 * 1024;

export interface CompanionWish {
  siteId: string;
  image: string;
  labels: Record<string, string>;
  cpus: readonly number[] | null;
  network: string;
  /** Told of its container once that is made, and before this program removes it. */
  onCreated(containerId: string): void;
  onRemoving(containerId: string): void;
}

/** Starts a program in a container of its own, its streams attached to this process. */
export async function startCompanion(
  docker: Docker,
  wish: CompanionWish,
  signal: AbortSignal | undefined,
): Promise<CompanionProcess> {
  const container = await createContainer(
    docker,
    {
      name: `cleave-${wish.siteId}-agent-${Date.now().toString(36)}`,
      image: wish.image,
      language: 'typescript',
      environment: {},
      labels: { ...wish.labels, [LABEL.site]: wish.siteId },
      memoryBytes: MEMORY_BYTES,
      cpus: wish.cpus,
      pids: 256,
      network: { name: wish.network, aliases: [] },
      heals: false,
      dataVolume: null,
      publishedPort: null,
      interactive: true,
    },
    signal,
  );
  wish.onCreated(container.id);
  const closing = new AbortController();
  const stream = await closeOnFailure(
    () =>
      engineCall('Attaching to the agent', LIMIT_MS.ask, signal, async () => {
        const attached = await container.attach({
          stream: true,
          stdin: true,
          stdout: true,
          stderr: true,
          hijack: true,
          abortSignal: closing.signal,
        });
        // An upgraded connection is a socket, which the types do not say.
        if (!(attached instanceof Duplex))
          throw new EngineError('engine', 'the engine did not open a two-way connection');
        return attached;
      }),
    // An answer that never came would keep the program alive.
    async () => closing.abort(),
  );
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  docker.modem.demuxStream(stream, stdout, stderr);
  const endStreams = (): void => {
    stdout.end();
    stderr.end();
  };
  stream.once('end', endStreams);
  stream.once('close', endStreams);
  stream.on('error', endStreams);
  await closeOnFailure(
    () => engineCall('Starting the agent', LIMIT_MS.change, signal, (abortSignal) => container.start({ abortSignal })),
    async () => void stream.destroy(),
  );

  const exited = container.wait({ condition: 'not-running', abortSignal: closing.signal }).then(
    (answer: { StatusCode: number }) => answer.StatusCode,
    () => null,
  );
  const stop = async (): Promise<void> => {
    stream.end();
    // The end of its input asks it to end.
    await Promise.race([exited, delay(STOP_GRACE_MS)]);
    wish.onRemoving(container.id);
    try {
      await removeContainer(docker, container, 'of the agent');
      // An engine that no longer tells of the end is not waited for.
      await Promise.race([exited, delay(STOP_GRACE_MS)]);
    } finally {
      // What is still asked would keep the program alive.
      closing.abort();
    }
  };
  return { stdin: stream, stdout, stderr, exited, stop: onceDone(stop) };
}
