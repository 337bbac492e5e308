import { change, each, isFields, parted, without, type Fields } from '../version-1.ts';

const observations = new Set([
  ...['fault', 'label', 'scope', 'unit', 'status', 'reason', 'effectAtMs', 'undoneAtMs'],
  ...['recoverCountedFrom', 'restarts', 'events', 'resolutionMs'],
]);

/** What was derived from slices that version 1 did not keep stays as it was. */
export function faultFromVersion1(old: Fields): Fields {
  const { named: observed, others: derived } = parted(old, observations);
  const module = isFields(old['fault']) ? old['fault']['module'] : undefined;
  return {
    ...observed,
    module,
    ...{ baselineFromMs: null, baselineUntilMs: null, endAtMs: old['undoneAtMs'] ?? null, watchedUntilMs: null },
    legacy:
      old['status'] === 'applied' ? { ...derived, endpoints: each(derived['endpoints'], endpointFromVersion1) } : null,
  };
}

function endpointFromVersion1(endpoint: Fields): Fields {
  const windows = ['baseline', 'fault', 'recovery'].map((name) => [
    name,
    change(endpoint[name], (window) => without(window, 'responseTime')),
  ]);
  return { ...endpoint, ...(Object.fromEntries(windows) as Fields) };
}
