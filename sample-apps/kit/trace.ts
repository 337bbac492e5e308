import { randomBytes } from 'node:crypto';
import { epochMs, steadyMs } from './clock.ts';

export type SpanKind = 'local' | 'remote' | 'server';

/** One call as one side saw it. Times in ms; `startMs` since the epoch. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  readonly module: string;
  readonly operation: string;
  readonly caller: string;
  readonly kind: SpanKind;
  readonly startMs: number;
  durationMs: number;
  /** Time in the store's own calls, to a server and back, without waiting for the writer or for a connection. */
  storeMs: number;
  /** Time in JSON, this side. */
  serializationMs: number;
  bytesIn: number;
  bytesOut: number;
  /** Time waited in the unit's own lines: for the bulkhead, and for the store's single writer or a connection to its server. */
  queueMs: number;
}

/** Trace context as read from a `traceparent` header. */
export interface TraceContext {
  readonly traceId: string;
  readonly parentId: string;
  readonly sampled: boolean;
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * Reads a W3C `traceparent` header (Trace Context, 3.2.2); undefined when there is none or it is not valid. Version 00 ends after the
 * flags; a later version may go on behind another hyphen; ff is none.
 */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const match = header === undefined ? null : pattern.exec(header.replaceAll(/^[ \t]+|[ \t]+$/g, ''));
  if (match === null) return undefined;
  const [, version = '', traceId = '', parentId = '', flags = '', tail] = match;
  if (version === 'ff' || (version === '00' && tail !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(parentId)) return undefined;
  return { traceId, parentId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The header in the version that is spoken here, with the one flag that is known here. */
export function formatTraceparent({ traceId, parentId, sampled }: TraceContext): string {
  return `00-${traceId}-${parentId}-${sampled ? '01' : '00'}`;
}

const maxKept = 50_000;

/** Keeps the sampled spans of a unit until they are fetched; bounded, the newest beyond the bound are counted and dropped. */
export class Tracer {
  #spans: Span[] = [];
  #dropped = 0;

  start(
    parent: { traceId: string; spanId: string | null },
    about: Pick<Span, 'module' | 'operation' | 'caller' | 'kind'>,
  ): Span {
    return {
      traceId: parent.traceId,
      spanId: randomBytes(8).toString('hex'),
      parentId: parent.spanId,
      ...about,
      startMs: epochMs(),
      durationMs: 0,
      storeMs: 0,
      serializationMs: 0,
      bytesIn: 0,
      bytesOut: 0,
      queueMs: 0,
    };
  }

  finish(span: Span): void {
    span.durationMs = epochMs() - span.startMs;
    if (this.#spans.length < maxKept) this.#spans.push(span);
    else this.#dropped++;
  }

  /** Hands over everything recorded so far and forgets it. */
  drain(): { spans: Span[]; dropped: number } {
    const drained = { spans: this.#spans, dropped: this.#dropped };
    this.#spans = [];
    this.#dropped = 0;
    return drained;
  }
}

/** Runs `work` and adds its time to the span's serialisation. */
export function timedSerialization<T>(span: Span | undefined, work: () => T): T {
  if (span === undefined) return work();
  const start = steadyMs();
  try {
    return work();
  } finally {
    span.serializationMs += steadyMs() - start;
  }
}
