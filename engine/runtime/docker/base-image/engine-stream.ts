import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { z } from 'zod';

const progressSchema = z
  .object({ status: z.string().optional(), error: z.string().optional(), id: z.string().optional() })
  .loose();

/**
 * Reads an engine's progress stream to its end. Throws the error it reports, or when nothing came for `stallLimitMs`, or when
 * `signal` aborts.
 */
export async function followProgress(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  options: { stallLimitMs: number; signal: AbortSignal; onStatus?: (status: string) => void },
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(error);
      if (stream instanceof Readable) stream.destroy();
    };
    const stalled = setTimeout(
      () => fail(new Error(`the engine said nothing for ${options.stallLimitMs / 1000} s`)),
      options.stallLimitMs,
    );
    const aborted = (): void => fail(reasonOf(options.signal));
    options.signal.addEventListener('abort', aborted, { once: true });
    const settle = (error?: Error | null): void => {
      clearTimeout(stalled);
      options.signal.removeEventListener('abort', aborted);
      if (error) fail(error);
      else resolve();
    };
    docker.modem.followProgress(stream, settle, (event: unknown) => {
      stalled.refresh();
      const progress = progressSchema.safeParse(event);
      if (progress.data?.error !== undefined) settle(new Error(progress.data.error));
      else if (progress.data?.status !== undefined) options.onStatus?.(progress.data.status);
    });
    if (options.signal.aborted) aborted();
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
