import type { SeenCall } from '../../contracts/index.ts';
import type { Span } from '../../deploy/index.ts';
import type { UsedOperation } from '../../model/index.ts';
import { isRoot } from '../traces.ts';

/** Which module called which operation of which other while an endpoint was asked, each once. Pure. */
export function callsOf(spans: readonly Span[]): SeenCall[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const endpointOf = (span: Span): string | null => {
    let at: Span | undefined = span;
    // No chain is longer than there are spans, whatever a unit says.
    for (let step = 0; at !== undefined && step <= spans.length; step += 1) {
      if (isRoot(at)) return at.operation;
      at = at.parentId === null ? undefined : byId.get(at.parentId);
    }
    return null;
  };
  const calls = new Map<string, SeenCall>();
  for (const span of spans) {
    const { kind, caller: from, module: to, operation } = span;
    if (kind === 'server' || from === null) continue;
    const endpoint = endpointOf(span);
    if (endpoint === null) continue;
    calls.set([endpoint, from, to, operation].join(' '), { endpoint, from, to, operation });
  }
  return [...calls.values()];
}

/** The same, whatever was asked from outside; each once. Pure. */
export function operationsUsed(calls: readonly SeenCall[]): UsedOperation[] {
  const used = new Map(
    calls.map(({ from, to, operation }) => [[from, to, operation].join(' '), { from, to, operation }]),
  );
  return [...used.values()];
}
