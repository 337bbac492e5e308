import {
  decodeHistogram,
  encodeHistogram,
  newHistogram,
  recordedTimes,
  recordMs,
  type EndpointLoad,
  type Errors,
  type GeneratorHealth,
  type LoadMeasurement,
} from '../../engine/model/index.ts';
import { makeHistogram } from './histogram.ts';
import { around, type Random } from './random.ts';

export const noErrors: Errors = { status: 0, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };

/** How long an endpoint takes where everything is one process, ms (median), and how many calls between modules it makes. */
export const endpointWork: Record<string, { ms: number; calls: number; share: number }> = {
  home: { ms: 2.4, calls: 2, share: 0.18 },
  search: { ms: 3.1, calls: 1, share: 0.18 },
  product: { ms: 1.9, calls: 2, share: 0.24 },
  suggest: { ms: 6.2, calls: 2, share: 0.18 },
  'cart-add': { ms: 2.2, calls: 2, share: 0.06 },
  'cart-view': { ms: 1.4, calls: 1, share: 0.06 },
  checkout: { ms: 9.5, calls: 5, share: 0.05 },
  'order-status': { ms: 1.3, calls: 1, share: 0.05 },
};

export const healthyGenerator: GeneratorHealth = {
  pacingLagP50Ms: 0.004,
  pacingLagP99Ms: 0.14,
  pacingShiftP50Ms: 0.004,
  pacingShiftP95Ms: 0.02,
  connectionWaitP99Ms: 0,
  loopUtilization: 0.21,
  cpuSeconds: 1.9,
  offeredShare: 1,
  hiccupShare: 0.0008,
  pacer: 'thread',
  valid: true,
  saturated: false,
  shifted: [],
  reasons: [],
  disturbances: [],
};

/** Median response time of an endpoint where a call between units costs `hopMs`, ms. */
export function endpointMedianMs(endpoint: string, hopMs: number): number {
  const work = endpointWork[endpoint];
  return work === undefined ? 1 : work.ms + work.calls * hopMs;
}

/** Times of requests that were sent in time, and what was measured because some were not. */
function withLateStarts(punctualTime: string): Pick<EndpointLoad, 'responseTime' | 'punctualTime'> {
  const measured = newHistogram();
  for (const { ms, count } of recordedTimes(decodeHistogram(punctualTime)))
    for (let request = 0; request < count; request += 1) recordMs(measured, ms * 1.07);
  return { responseTime: encodeHistogram(measured), punctualTime };
}

/** A load of `requests` requests on a variant in which a call between modules costs `hopMs`; `drift` is the machine's mood in this block. */
export function makeLoad(
  random: Random,
  requests: number,
  hopMs: number,
  drift: number,
  startedAtMs: number,
): LoadMeasurement {
  const endpoints: Record<string, EndpointLoad> = {};
  for (const [endpoint, work] of Object.entries(endpointWork)) {
    const scheduled = Math.round(requests * work.share);
    const medianMs = around(random, endpointMedianMs(endpoint, hopMs) * drift, 0.03);
    const late = endpoint === 'checkout' ? 1 : 0;
    const timeout = endpoint === 'suggest' && hopMs > 0 ? 2 : 0;
    const failed = timeout === 0 ? '' : makeHistogram(random, timeout, 1000, 0.001, 1);
    endpoints[endpoint] = {
      scheduled,
      good: scheduled - late - timeout,
      late,
      dropped: 0,
      errors: { ...noErrors, timeout },
      ...withLateStarts(makeHistogram(random, scheduled - timeout, medianMs)),
      serviceTime: makeHistogram(random, scheduled - timeout, medianMs * 0.97),
      failureAge: failed,
    };
  }
  return {
    startedAtMs,
    durationMs: 20_000,
    journeys: {
      browse: { scheduled: Math.round(requests / 5.6), good: Math.round(requests / 5.6) },
      buy: { scheduled: Math.round(requests / 17), good: Math.round(requests / 17) - 1 },
    },
    endpoints,
    skippedSteps: 3,
    generator: healthyGenerator,
    ledger: [],
    bytesReceived: requests * 2150,
    bytesSent: requests * 310,
  };
}
