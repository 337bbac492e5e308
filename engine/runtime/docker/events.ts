import type Docker from 'dockerode';
import { z } from 'zod';
import { LABEL } from '../labels.ts';
import { LONGEST_JSON_LINE, lineSplitter } from '../log-lines.ts';
import { LIMIT_MS, engineCall } from './call.ts';

/** One event of a container of the site. */
export interface ContainerEvent {
  /** Null for a container that is not a unit's. */
  unit: string | null;
  instance: number;
  containerId: string;
  action: string;
  atMs: number;
  exitCode: number | null;
}

const eventSchema = z.looseObject({
  Action: z.string(),
  timeNano: z.number().optional(),
  time: z.number().optional(),
  Actor: z.looseObject({ ID: z.string(), Attributes: z.record(z.string(), z.string()).default({}) }),
});

/**
 * Listens to what the engine says about the containers of one site, until `signal` aborts; `sinceS` a moment of the engine's clock, whole seconds since the epoch, or from now on (null). Resolves
 * when the engine has begun to listen, to a promise of its end.
 */
export async function followEvents(
  docker: Docker,
  siteId: string,
  { signal, sinceS }: { signal: AbortSignal; sinceS: number | null },
  onEvent: (event: ContainerEvent) => void,
): Promise<{ ended: Promise<void> }> {
  const stream = await engineCall('Listening to the engine’s events', LIMIT_MS.ask, signal, (overdue) =>
    docker.getEvents({
      filters: JSON.stringify({ type: ['container'], label: [`${LABEL.site}=${siteId}`] }),
      ...(sinceS === null ? {} : { since: sinceS }),
      abortSignal: AbortSignal.any([signal, overdue]),
    }),
  );
  const splitter = lineSplitter((line) => {
    const event = parseEvent(line);
    if (event) onEvent(event);
  }, LONGEST_JSON_LINE);
  stream.on('data', (chunk: Buffer) => splitter.write(chunk));
  // An abort ends the stream with an error; that is how it is meant to end.
  return {
    ended: new Promise((resolve) => {
      for (const name of ['error', 'end', 'close']) stream.once(name, () => resolve());
      stream.on('error', () => {});
    }),
  };
}

/** Reads one line of the event stream; null for what is not an event of a container. */
export function parseEvent(line: string): ContainerEvent | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return null;
  }
  const event = eventSchema.safeParse(json).data;
  if (!event || !(LABEL.site in event.Actor.Attributes)) return null;
  const exit = Number.parseInt(
    event.Actor.Attributes['exitCode'] ?? event.Actor.Attributes['containerExitCode'] ?? '',
    10,
  );
  return {
    unit: event.Actor.Attributes[LABEL.unit] ?? null,
    instance: Number(event.Actor.Attributes[LABEL.instance] ?? 0),
    containerId: event.Actor.ID,
    // Podman says `died` where Docker says `die`.
    action: event.Action === 'died' ? 'die' : event.Action,
    atMs: event.timeNano !== undefined ? event.timeNano / 1e6 : (event.time ?? 0) * 1000,
    exitCode: Number.isNaN(exit) ? null : exit,
  };
}
