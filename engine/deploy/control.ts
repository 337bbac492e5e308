import { z } from 'zod';
import type { AgentClient } from '../agent/index.ts';

const identitySchema = z.object({
  unit: z.string(),
  modules: z.array(z.string()),
  pid: z.number(),
  startedAtMs: z.number(),
  nodeVersion: z.string(),
  seedHash: z.record(z.string(), z.string()),
});
export type UnitIdentity = z.infer<typeof identitySchema>;

const metricsSchema = z.object({
  atMs: z.number(),
  loopLagP99Ms: z.number(),
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

/** The engine's side of one unit's control API; every call goes through the agent, since the port is never published. */
export function controlOf(agent: AgentClient, unit: string, controlUrl: string, token: string) {
  const call = async <T>(
    method: string,
    path: string,
    schema: z.ZodType<T>,
    body?: unknown,
    timeoutMs = 5000,
  ): Promise<T> => {
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
        `unit "${unit}" answered ${response.status} to ${method} ${path}: ${response.body.slice(0, 300)}`,
        response.status,
      );
    }
    const parsed = schema.safeParse(JSON.parse(response.body));
    if (!parsed.success)
      throw new ControlError(
        `unit "${unit}" gave an unreadable answer to ${method} ${path}: ${z.prettifyError(parsed.error)}`,
        null,
      );
    return parsed.data;
  };
  return {
    identity: () => call('GET', '/identity', identitySchema),
    metrics: () => call('GET', '/metrics', metricsSchema),
    faults: () => call('GET', '/faults', activeFaultsSchema),
    inject: (fault: ModuleFaultRequest) =>
      call('POST', '/faults', z.object({ id: z.string(), effectAtMs: z.number() }), fault),
    undo: (id: string) =>
      call('DELETE', `/faults/${encodeURIComponent(id)}`, z.object({ id: z.string(), undoneAtMs: z.number() })),
    traces: () => call('GET', '/traces', z.object({ spans: z.array(spanSchema) }), undefined, 30_000),
    audit: <T>(module: string, schema: z.ZodType<T>) => call('GET', `/audit/${module}`, schema, undefined, 30_000),
    quiesce: () => call('POST', '/quiesce', z.object({ settled: z.boolean(), pending: z.number() }), undefined, 40_000),
  };
}
export type UnitControl = ReturnType<typeof controlOf>;
