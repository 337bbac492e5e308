import type Docker from 'dockerode';

interface Signalled {
  ping(options: { abortSignal: AbortSignal }): Promise<unknown>;
  version(options: { abortSignal: AbortSignal }): Promise<unknown>;
  info(options: { abortSignal: AbortSignal }): Promise<unknown>;
}

/** dockerode takes an abort signal in these calls too; its published types do not say so. */
export function signalled(docker: Docker): Signalled {
  return docker;
}

/** Options of a call with an abort signal, where the published types have forgotten it. */
export function withSignal<T extends object>(options: T, abortSignal: AbortSignal): T {
  return { ...options, abortSignal };
}
