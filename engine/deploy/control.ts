import { z } from 'zod';
import type { AgentClient } from '../agent/index.ts';
import { instanceTitle } from '../runtime/index.ts';
import type { Clocks, Told } from './clocks.ts';

const identitySchema = z.object({
  unit: z.string(),
  instance: z.number(),
  modules: z.array(z.string()),
  pid: z.number(),
  startedAtMs: z.number(),
  /** Of what runs it: `v24.21.0` of Node, `go1.19.8`, `3.11.2` of Python. */
  languageVersion: z.string().max(100),
  seedHash: z.record(z.string(), z.string()),
});
export type UnitIdentity = z.infer<typeof identitySchema>;

const metricsSchema = z.object({
  atMs: z.number(),
  /** Null where a program has no loop that could be late. */
  loopLagP99Ms: z.number().nullable(),
  heapBytes: z.number(),
  inFlight: z.number(),
  modules: z.record(z.string(), z.object({ calls: z.number(), failures: z.number() })),
  policies: z.object({
    retries: z.number(),
    breakerOpens: z.number(),
    breakerState: z.record(z.string(), z.enum(['closed', 'open', 'half-open'])),
    rejectedByBulkhead: z.number(),
    shed: z.number(),
    fallbacks: z.number(),
  }),
});
export type UnitMetrics = z.infer<typeof metricsSchema>;

const activeFaultsSchema = z.object({
  faults: z.array(
    z.object({ id: z.string(), module: z.string(), kind: z.string(), sinceMs: z.number(), untilMs: z.number() }),
  ),
});
export type ActiveModuleFault = z.infer<typeof activeFaultsSchema>['faults'][number];

export const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentId: z.string().nullable(),
  module: z.string(),
  operation: z.string(),
  caller: z.string().nullable(),
  kind: z.enum(['local', 'remote', 'server']),
  startMs: z.number(),
  durationMs: z.number(),
  storeMs: z.number(),
  serializationMs: z.number(),
  bytesIn: z.number(),
  bytesOut: z.number(),
  queueMs: z.number(),
});
export type Span = z.infer<typeof spanSchema>;

/** A unit's control API did not do what was asked. */
export class ControlError extends Error {
  override name = 'ControlError';
  /** Status of the answer; null when the answer was not readable. */
  readonly status: number | null;

  constructor(message: string, status: number | null) {
    super(message);
    this.status = status;
  }
}

export interface ModuleFaultRequest {
  id: string;
  module: string;
  kind: string;
  parameters: Record<string, number>;
  /** The unit undoes the fault by itself after this long, ms. */
  limitMs: number;
}

interface Answered<T> {
  data: T;
  startedAtMs: number;
  endedAtMs: number;
}

/** The engine's side of one instance's control API; every call goes through the agent, since the port is never published. Instants are the laboratory's. */
export function controlOf(
  agent: AgentClient,
  clocks: Clocks,
  place: { unit: string; instance: number; controlUrl: string; token: string },
) {
  const { unit, instance, controlUrl, token } = place;
  const title = instanceTitle(unit, instance);
  const ask = async <T>(
    method: string,
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
    timeoutMs = 5000,
  ): Promise<Answered<T>> => {
    const response = await agent.request({
      method,
      url: `${controlUrl}${path}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      timeoutMs,
    });
    if (response.status !== 200) {
      throw new ControlError(
        `${title} answered ${response.status} to ${method} ${path}: ${response.body.slice(0, 300)}`,
        response.status,
      );
    }
    const parsed = schema.safeParse(JSON.parse(response.body));
    if (!parsed.success)
      throw new ControlError(
        `${title} gave an unreadable answer to ${method} ${path}: ${z.prettifyError(parsed.error)}`,
        null,
      );
    const { startedAtMs, endedAtMs } = response;
    return { data: parsed.data, startedAtMs, endedAtMs };
  };
  const call = async <T>(...question: Parameters<typeof ask<T>>): Promise<T> => (await ask<T>(...question)).data;
  const instant = ({ startedAtMs, endedAtMs }: Answered<unknown>, atMs: number): number =>
    clocks.unitMs(unit, { atMs, startedAtMs, endedAtMs });
  return {
    identity: () => call('GET', '/identity', identitySchema),
    /** What the unit's own clock says, with the moments of the request. */
    clock: async (): Promise<Told> => {
      const { data, ...moments } = await ask('GET', '/metrics', metricsSchema);
      return { atMs: data.atMs, ...moments };
    },
    metrics: async (): Promise<UnitMetrics> => {
      const answer = await ask('GET', '/metrics', metricsSchema);
      return { ...answer.data, atMs: instant(answer, answer.data.atMs) };
    },
    faults: () => call('GET', '/faults', activeFaultsSchema),
    inject: async (fault: ModuleFaultRequest) => {
      const answer = await ask('POST', '/faults', z.object({ id: z.string(), effectAtMs: z.number() }), fault);
      return { ...answer.data, effectAtMs: instant(answer, answer.data.effectAtMs) };
    },
    undo: async (id: string) => {
      const schema = z.object({ id: z.string(), undoneAtMs: z.number() });
      const answer = await ask('DELETE', `/faults/${encodeURIComponent(id)}`, schema);
      return { ...answer.data, undoneAtMs: instant(answer, answer.data.undoneAtMs) };
    },
    traces: () => call('GET', '/traces', z.object({ spans: z.array(spanSchema) }), undefined, 30_000),
    audit: <T>(module: string, schema: z.ZodType<T>) => call('GET', `/audit/${module}`, schema, undefined, 30_000),
    /** Where other units answer from now on, by name. Settles when the calls under way to instances that are left out have ended; throws `ControlError` where some do not. */
    addresses: async (units: Record<string, readonly string[]>, limitMs = 40_000): Promise<void> => {
      const { settled } = await call('PUT', '/addresses', z.object({ settled: z.boolean() }), { units }, limitMs);
      if (!settled) throw new ControlError(`calls of ${title} to an instance that is left out do not end`, null);
    },
    /** Lets everything that is under way end, and hands over what goes on in the background; it takes nothing new. */
    drain: () => call('POST', '/drain', z.object({ settled: z.boolean(), inFlight: z.number() }), undefined, 40_000),
    quiesce: () => call('POST', '/quiesce', z.object({ settled: z.boolean(), pending: z.number() }), undefined, 40_000),
  };
}
export type UnitControl = ReturnType<typeof controlOf>;
