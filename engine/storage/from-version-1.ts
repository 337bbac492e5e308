/*
 * What version 1 wrote, as version 2. Nothing is checked here: the schema of version 2 judges what comes out, and names the field of what does not fit.
 */

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const change = (value: unknown, how: (fields: Fields) => Fields): unknown => (isFields(value) ? how(value) : value);

const each = (value: unknown, how: (one: Fields) => Fields): unknown =>
  Array.isArray(value) ? value.map((one: unknown) => change(one, how)) : value;

const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));

export function experimentFromVersion1(old: unknown): unknown {
  return change(old, (experiment) => ({ ...experiment, version: 2 }));
}

/** Findings keep what they said; they were judged at 5 % with corrected p-values beside plain intervals, which `rules` 1 tells. */
export function resultFromVersion1(old: unknown): unknown {
  return change(old, (result) => ({
    ...result,
    version: 2,
    rules: 1,
    experiment: experimentFromVersion1(result['experiment']),
    rounds: each(result['rounds'], roundFromVersion1),
    findings: each(result['findings'], findingFromVersion1),
  }));
}

/** A line of a journal; checksums came with version 2. */
export function journalLineFromVersion1(old: unknown): unknown {
  return change(old, (line) =>
    line['type'] === 'round'
      ? { ...line, round: change(line['round'], roundFromVersion1) }
      : { ...line, version: 2, experiment: experimentFromVersion1(line['experiment']) },
  );
}

function findingFromVersion1(old: Fields): Fields {
  const finding = without(old, 'blocksToDecide');
  return {
    ...finding,
    family: null,
    method: finding['effect'] === null ? 'none' : 't',
    level: finding['interval'] === null ? null : 0.05,
    otherDeployments: null,
    noisePairs: 0,
  };
}

function roundFromVersion1(round: Fields): Fields {
  return {
    ...round,
    isolation: each(round['isolation'], isolationFromVersion1),
    ...(round['storm'] === undefined ? {} : { storm: change(round['storm'], stormFromVersion1) }),
  };
}

const observations = new Set([
  ...['fault', 'label', 'scope', 'unit', 'status', 'reason', 'effectAtMs', 'undoneAtMs'],
  ...['recoverCountedFrom', 'restarts', 'events', 'resolutionMs'],
]);

/** The fields of those names, and all others. */
function parted(old: Fields, names: ReadonlySet<string>): { named: Fields; others: Fields } {
  const of = (wanted: boolean): Fields =>
    Object.fromEntries(Object.entries(old).filter(([field]) => names.has(field) === wanted));
  return { named: of(true), others: of(false) };
}

/** What was derived from slices that version 1 did not keep stays as it was. */
function isolationFromVersion1(old: Fields): Fields {
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

const stormDerivations = new Set([
  ...['baseline', 'spike', 'recovery', 'amplification'],
  ...['recoverMs', 'recoverCensoredAtMs', 'metastable'],
]);
const stormCounters = ['callsReceived', 'retries', 'breakerOpens'];

/** As with faults. The time line, of which nothing was told, and counters of nothing, which stood where nobody could count, are left out. */
function stormFromVersion1(old: Fields): Fields {
  const { named: derived, others } = parted(old, stormDerivations);
  const { named: counters, others: observed } = parted(others, new Set([...stormCounters, 'timeline']));
  const { callsReceived: calls, retries, breakerOpens } = counters;
  const applied = old['status'] === 'applied';
  const nothing = stormCounters.every((name) => old[name] === 0);
  return {
    ...observed,
    ...{ beganAtMs: null, spikeAtMs: null, watchedUntilMs: null, firstLookAtMs: null, lastLookAtMs: null },
    callsInCalm: null,
    counted: applied && !nothing ? { calls, retries, breakerOpens } : null,
    legacy: applied ? derived : null,
  };
}

function endpointFromVersion1(endpoint: Fields): Fields {
  const windows = ['baseline', 'fault', 'recovery'].map((name) => [
    name,
    change(endpoint[name], (window) => without(window, 'responseTime')),
  ]);
  return { ...endpoint, ...(Object.fromEntries(windows) as Fields) };
}
