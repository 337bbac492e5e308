import { judgeHealth } from '../../load/index.ts';
import {
  addCounts,
  decodeTimes,
  emptyCounts,
  encodeHistogram,
  mergeHistograms,
  mergeTimes,
  own,
  rankedQuantile,
  type EndpointLoad,
  type GeneratorHealth,
  type LoadMeasurement,
} from '../../model/index.ts';

/** Several loads of one deployment as if they had been one: counts added, histograms merged, and the generator judged once over all of it. Throws for none. */
export function mergeLoads(loads: readonly LoadMeasurement[]): LoadMeasurement {
  const [first] = loads;
  if (first === undefined) throw new Error('there is no load to merge');
  const sum = (read: (load: LoadMeasurement) => number) => loads.reduce((total, load) => total + read(load), 0);
  const names = new Set(loads.flatMap(({ endpoints }) => Object.keys(endpoints)));
  const endpoints = Object.fromEntries(
    [...names].map((name) => [name, mergeEndpoints(loads.flatMap(({ endpoints: all }) => own(all, name) ?? []))]),
  );
  return {
    startedAtMs: first.startedAtMs,
    durationMs: sum(({ durationMs }) => durationMs),
    journeys: Object.fromEntries(
      Object.keys(first.journeys).map((name) => [
        name,
        {
          scheduled: sum(({ journeys }) => own(journeys, name)?.scheduled ?? 0),
          good: sum(({ journeys }) => own(journeys, name)?.good ?? 0),
        },
      ]),
    ),
    endpoints,
    skippedSteps: sum(({ skippedSteps }) => skippedSteps),
    generator: mergeHealth(loads, endpoints),
    ledger: loads.flatMap(({ ledger }) => ledger),
    bytesReceived: sum(({ bytesReceived }) => bytesReceived),
    bytesSent: sum(({ bytesSent }) => bytesSent),
  };
}

function mergeEndpoints(loads: readonly EndpointLoad[]): EndpointLoad {
  const merged = (read: (load: EndpointLoad) => string | null): string | null => {
    const texts = loads.map(read);
    if (texts.some((text) => text === null)) return null;
    const some = texts.filter((text) => text !== null && text !== '');
    return some.length === 0 ? '' : encodeHistogram(mergeHistograms(some.filter((text) => text !== null)));
  };
  return {
    ...loads.reduce((counts, load) => addCounts(counts, load), emptyCounts()),
    responseTime: merged(({ responseTime }) => responseTime) ?? '',
    serviceTime: merged(({ serviceTime }) => serviceTime) ?? '',
    punctualTime: merged(({ punctualTime }) => punctualTime),
    failureAge: merged(({ failureAge }) => failureAge),
  };
}

/** Its lateness in the worst of the loads, its shares over all of the time. What was wrong in any of the loads is wrong: its requests are among the times of all. */
function mergeHealth(
  loads: readonly LoadMeasurement[],
  endpoints: Readonly<Record<string, EndpointLoad>>,
): GeneratorHealth {
  const whole = healthOverall(loads, endpoints);
  const healths = loads.map(({ generator }) => generator);
  const worst = (read: (health: GeneratorHealth) => number) => Math.max(...healths.map(read));
  const parts = healths.flatMap(({ reasons }, index) =>
    reasons.map((reason) => `In window ${index + 1} of ${loads.length}: ${reason}`),
  );
  return {
    ...whole,
    pacingShiftP50Ms: worst(({ pacingShiftP50Ms }) => pacingShiftP50Ms),
    pacingShiftP95Ms: worst(({ pacingShiftP95Ms }) => pacingShiftP95Ms),
    valid: whole.valid && healths.every(({ valid }) => valid),
    saturated: whole.saturated || healths.some(({ saturated }) => saturated),
    shifted: (['p50', 'p95'] as const).filter((percentile) =>
      [whole, ...healths].some(({ shifted }) => shifted.includes(percentile)),
    ),
    reasons: parts.length === 0 ? whole.reasons : parts,
  };
}

/** The judgement by numbers over all of the time. */
function healthOverall(
  loads: readonly LoadMeasurement[],
  endpoints: Readonly<Record<string, EndpointLoad>>,
): GeneratorHealth {
  const healths = loads.map(({ generator }) => generator);
  const worst = (read: (health: GeneratorHealth) => number) => Math.max(...healths.map(read));
  const lengthMs = loads.reduce((total, { durationMs }) => total + durationMs, 0);
  const over = (read: (health: GeneratorHealth) => number) =>
    loads.reduce((total, { durationMs, generator }) => total + durationMs * read(generator), 0) / Math.max(1, lengthMs);
  const median = (which: 'responseTime' | 'serviceTime', q: number) => {
    const parts = Object.values(endpoints).map((load) =>
      decodeTimes({ ...load, responseTime: load[which], punctualTime: null }),
    );
    const found = rankedQuantile(mergeTimes(parts), q);
    return found === null ? 0 : found.ms;
  };
  return judgeHealth(
    {
      pacingLagP50Ms: over(({ pacingLagP50Ms }) => pacingLagP50Ms),
      pacingLagP99Ms: worst(({ pacingLagP99Ms }) => pacingLagP99Ms),
      pacingShiftP50Ms: over(({ pacingShiftP50Ms }) => pacingShiftP50Ms),
      pacingShiftP95Ms: over(({ pacingShiftP95Ms }) => pacingShiftP95Ms),
      connectionWaitP99Ms: worst(({ connectionWaitP99Ms }) => connectionWaitP99Ms),
      loopUtilization: over(({ loopUtilization }) => loopUtilization),
      cpuSeconds: healths.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0),
      offeredShare: over(({ offeredShare }) => offeredShare),
      hiccupShare: over(({ hiccupShare }) => hiccupShare),
      pacer: healths.some(({ pacer }) => pacer === 'timer') ? 'timer' : 'thread',
    },
    {
      serviceP50Ms: median('serviceTime', 0.5),
      responseP50Ms: median('responseTime', 0.5),
      responseP95Ms: median('responseTime', 0.95),
    },
  );
}
