import type { Span } from '../../deploy/index.ts';
import type { HopEdge, HopsMeasurement } from '../../model/index.ts';
import { isRoot, outside } from '../traces.ts';

interface Sums {
  calls: number;
  bytes: number;
  ownMs: number;
  storeMs: number;
  networkMs: number;
  serializationMs: number;
  totalMs: number;
}

/**
 * Sums sampled spans by edge of the call graph. For a call: own = its duration minus store, serialisation and everything it waited for
 * below; network (remote calls only) = what the caller waited minus what the callee's own server span took.
 */
export function aggregateHops(spans: readonly Span[]): HopsMeasurement {
  const children = new Map<string, Span[]>();
  for (const span of spans) {
    if (span.parentId === null) continue;
    const siblings = children.get(span.parentId);
    if (siblings === undefined) children.set(span.parentId, [span]);
    else siblings.push(span);
  }
  const edges = new Map<string, { edge: Pick<HopEdge, 'from' | 'to' | 'operation' | 'kind'>; sums: Sums }>();
  const endpoints = new Map<string, Sums & { queueMs: number }>();
  const roots = spans.filter(isRoot);
  for (const span of spans) {
    // A remote call is counted once, at the caller's span; its server span only tells how the time was spent.
    if (span.kind === 'server' && !isRoot(span)) continue;
    const serving =
      span.kind === 'remote' ? (children.get(span.spanId) ?? []).find((child) => child.kind === 'server') : span;
    const spent = breakdown(span, serving, children);
    const key = `${span.caller ?? outside} ${span.module} ${span.operation} ${span.kind}`;
    const known = edges.get(key) ?? {
      edge: {
        from: span.caller ?? outside,
        to: span.module,
        operation: span.operation,
        kind: span.kind === 'local' ? ('local' as const) : ('remote' as const),
      },
      sums: { calls: 0, bytes: 0, ownMs: 0, storeMs: 0, networkMs: 0, serializationMs: 0, totalMs: 0 },
    };
    add(known.sums, spent, span);
    edges.set(key, known);
  }
  for (const root of roots) {
    const sums = endpoints.get(root.operation) ?? {
      calls: 0,
      bytes: 0,
      ownMs: 0,
      storeMs: 0,
      networkMs: 0,
      serializationMs: 0,
      totalMs: 0,
      queueMs: 0,
    };
    for (const { span, serving } of below(root, children)) add(sums, breakdown(span, serving, children), span);
    sums.queueMs += root.queueMs;
    endpoints.set(root.operation, sums);
  }
  // A journey keeps its trace through all its requests.
  const sampledJourneys = new Set(roots.map((root) => root.traceId)).size;
  const perJourney = (value: number) => value / Math.max(1, sampledJourneys);
  return {
    sampledJourneys,
    sampledRequests: roots.length,
    edges: [...edges.values()].map(({ edge, sums }) => ({
      ...edge,
      callsPerJourney: perJourney(sums.calls),
      bytesPerJourney: perJourney(sums.bytes),
      ownMs: perJourney(sums.ownMs),
      storeMs: perJourney(sums.storeMs),
      networkMs: perJourney(sums.networkMs),
      serializationMs: perJourney(sums.serializationMs),
      totalMs: perJourney(sums.totalMs),
    })),
    endpoints: Object.fromEntries(
      [...endpoints].map(([name, sums]) => {
        const requests = roots.filter((root) => root.operation === name).length;
        const mean = (value: number) => value / requests;
        return [
          name,
          {
            samples: requests,
            ownMs: mean(sums.ownMs),
            storeMs: mean(sums.storeMs),
            networkMs: mean(sums.networkMs),
            serializationMs: mean(sums.serializationMs),
            queueMs: mean(sums.queueMs),
            totalMs: mean(
              roots.filter((root) => root.operation === name).reduce((sum, root) => sum + root.durationMs, 0),
            ),
          },
        ];
      }),
    ),
  };
}

interface Spent {
  ownMs: number;
  storeMs: number;
  networkMs: number;
  serializationMs: number;
}

function breakdown(span: Span, serving: Span | undefined, children: ReadonlyMap<string, Span[]>): Spent {
  if (serving === undefined) {
    // The callee's span was not sampled or was lost: all of the wait is the network's, as far as anybody can tell.
    return {
      ownMs: 0,
      storeMs: 0,
      networkMs: Math.max(0, span.durationMs - span.serializationMs),
      serializationMs: span.serializationMs,
    };
  }
  const below = (children.get(serving.spanId) ?? []).filter((child) => child.kind !== 'server');
  const waited = coveredMs(below);
  const ownMs = Math.max(0, serving.durationMs - serving.storeMs - serving.serializationMs - waited);
  if (serving === span)
    return { ownMs, storeMs: serving.storeMs, networkMs: 0, serializationMs: serving.serializationMs };
  const callerSerializationMs = span.serializationMs;
  return {
    ownMs,
    storeMs: serving.storeMs,
    networkMs: Math.max(0, span.durationMs - callerSerializationMs - serving.durationMs),
    serializationMs: callerSerializationMs + serving.serializationMs,
  };
}

/** Time during which at least one of the spans was open: calls made side by side are waited for once. */
function coveredMs(spans: readonly Span[]): number {
  let total = 0;
  let openUntil = -Infinity;
  for (const span of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const end = span.startMs + span.durationMs;
    total += Math.max(0, end - Math.max(openUntil, span.startMs));
    openUntil = Math.max(openUntil, end);
  }
  return total;
}

function* below(
  root: Span,
  children: ReadonlyMap<string, Span[]>,
): Generator<{ span: Span; serving: Span | undefined }> {
  yield { span: root, serving: root };
  const open = [...(children.get(root.spanId) ?? [])];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const serving =
      span.kind === 'remote' ? (children.get(span.spanId) ?? []).find((child) => child.kind === 'server') : span;
    yield { span, serving };
    if (serving !== undefined)
      open.push(...(children.get(serving.spanId) ?? []).filter((child) => child.kind !== 'server'));
  }
}

function add(sums: Sums, spent: Spent, span: Span): void {
  sums.calls += 1;
  sums.bytes += span.bytesIn + span.bytesOut;
  sums.ownMs += spent.ownMs;
  sums.storeMs += spent.storeMs;
  sums.networkMs += spent.networkMs;
  sums.serializationMs += spent.serializationMs;
  sums.totalMs += span.durationMs;
}
