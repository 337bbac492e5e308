import { parted, type Fields } from '../version-1.ts';

const derivations = new Set([
  ...['baseline', 'spike', 'recovery', 'amplification'],
  ...['recoverMs', 'recoverCensoredAtMs', 'metastable'],
]);
const counterNames = ['callsReceived', 'retries', 'breakerOpens'];

/**
 * What was derived from slices that version 1 did not keep stays as it was. The time line, of which nothing was told, and counters of nothing, which
 * stood where nobody could count, are left out.
 */
export function stormFromVersion1(old: Fields): Fields {
  const { named: derived, others } = parted(old, derivations);
  const { named: counters, others: observed } = parted(others, new Set([...counterNames, 'timeline']));
  const { callsReceived: calls, retries, breakerOpens } = counters;
  const applied = old['status'] === 'applied';
  const nothing = counterNames.every((name) => old[name] === 0);
  return {
    ...observed,
    ...{ beganAtMs: null, spikeAtMs: null, watchedUntilMs: null, firstLookAtMs: null, lastLookAtMs: null },
    callsInCalm: null,
    counted: applied && !nothing ? { calls, retries, breakerOpens } : null,
    legacy: applied ? derived : null,
  };
}
