import {
  faultLabel,
  type Endpoint,
  type Fault,
  type IsolationEndpoint,
  type IsolationMeasurement,
} from '../../engine/model/index.ts';
import { shop } from './application.ts';
import { makeHistogram } from './histogram.ts';
import { endpointMedianMs, endpointWork, noErrors } from './load.ts';
import { around, seededRandom, type Random } from './random.ts';
import type { Shape } from './shape.ts';

export const shopFaults: Fault[] = [
  { kind: 'crash', module: 'recommendations' },
  { kind: 'hang', module: 'recommendations' },
  { kind: 'slow', module: 'catalog', delayMs: 200 },
  { kind: 'provider-outage', module: 'payments' },
  { kind: 'event-loop-block', module: 'recommendations' },
  { kind: 'partition', module: 'orders', peer: 'payments' },
];

interface Blow {
  /** Share of good requests lost while the fault lasts. */
  loss: number;
  slower: number;
}

function blow(fault: Fault, endpoint: Endpoint, sameUnit: boolean): Blow {
  const need = endpoint.needs[fault.module] ?? 'none';
  switch (fault.kind) {
    case 'crash':
      return sameUnit
        ? { loss: 0.42, slower: 3.4 }
        : need === 'required'
          ? { loss: 0.46, slower: 2 }
          : { loss: 0, slower: 1.04 };
    case 'event-loop-block':
      return sameUnit
        ? { loss: 0.12, slower: 38 }
        : need === 'required'
          ? { loss: 0.16, slower: 41 }
          : { loss: 0, slower: 1.02 };
    case 'hang':
      return need === 'required'
        ? { loss: 1, slower: 160 }
        : need === 'optional'
          ? { loss: 0.004, slower: 4.1 }
          : { loss: 0, slower: sameUnit ? 1.3 : 1.01 };
    case 'slow':
      return need === 'required' ? { loss: 0.004, slower: 52 } : { loss: 0, slower: 1.06 };
    default:
      return need === 'required' ? { loss: 0.97, slower: 1.8 } : { loss: 0, slower: 1 };
  }
}

const windowHistograms = new Map<string, string>();

/** Making thousands of histograms takes seconds; windows with nearly the same median share one. */
function windowHistogram(count: number, medianMs: number): string {
  const median = Number(medianMs.toPrecision(2));
  const key = `${count} ${median}`;
  const known = windowHistograms.get(key) ?? makeHistogram(seededRandom(Math.round(median * 1000)), count, median);
  windowHistograms.set(key, known);
  return known;
}

function window(scheduled: number, loss: number, medianMs: number) {
  const good = Math.round(scheduled * (1 - loss));
  return {
    scheduled,
    good,
    notReached: 0,
    errors: { ...noErrors, refused: scheduled - good },
    p50Ms: medianMs,
    p95Ms: medianMs * 2.4,
    responseTime: windowHistogram(Math.min(scheduled, 60), medianMs),
  };
}

function endpointOf(
  random: Random,
  name: string,
  endpoint: Endpoint,
  fault: Fault,
  shape: Shape,
  sameUnit: boolean,
): IsolationEndpoint {
  const scheduled = Math.round(900 * (endpointWork[name]?.share ?? 0.1));
  const medianMs = endpointMedianMs(name, shape.hopMs);
  const hit = blow(fault, endpoint, sameUnit);
  const loss = Math.min(1, hit.loss === 0 ? 0 : around(random, hit.loss, 0.05));
  const half = 1.96 * Math.sqrt((loss * (1 - loss)) / scheduled) + 0.004;
  return {
    endpoint: name,
    need: endpoint.needs[fault.module] ?? 'none',
    baseline: window(scheduled, 0, medianMs),
    fault: window(scheduled, loss, Math.min(1000, medianMs * hit.slower)),
    recovery: window(scheduled, 0, medianMs * 1.05),
    degradation: loss,
    degradationLow: Math.max(0, loss - half),
    degradationHigh: Math.min(1, loss + half),
    inflation: around(random, hit.slower, 0.04),
    impacted: loss - half > 0.02 || (hit.slower > 1.5 && medianMs * 2.4 * (hit.slower - 1) > 50),
    cutOff: false,
  };
}

function timeline(
  random: Random,
  endpoints: IsolationEndpoint[],
  effectAtMs: number,
  undoneAtMs: number,
  recovered: boolean,
) {
  const points: IsolationMeasurement['timeline'] = [];
  for (let atMs = effectAtMs - 8000; atMs < undoneAtMs + 10_000; atMs += 1000) {
    const during = atMs >= effectAtMs && (atMs < undoneAtMs || !recovered);
    for (const endpoint of endpoints) {
      const scheduled = Math.max(1, Math.round(endpoint.baseline.scheduled / 15 + (random() - 0.5) * 3));
      const p50Ms = (during ? endpoint.fault.p50Ms : endpoint.baseline.p50Ms) ?? 0;
      points.push({
        atMs,
        endpoint: endpoint.endpoint,
        scheduled,
        good: during ? Math.round(scheduled * (1 - endpoint.degradation)) : scheduled,
        p50Ms: around(random, p50Ms, 0.1),
        p95Ms: around(random, p50Ms * 2.4, 0.15),
      });
    }
  }
  return points;
}

function cannotHappen(fault: Fault, shape: Shape, unit: string): IsolationMeasurement {
  return {
    ...{ fault, label: faultLabel(fault), scope: 'unit', unit, status: 'cannot-happen' },
    reason: `${fault.module} and ${fault.peer ?? 'its peer'} share the unit ${unit} of ${shape.variant.name}; there is no network between them`,
    ...{
      effectAtMs: null,
      undoneAtMs: null,
      endpoints: [],
      breadth: 0,
      severity: 0,
      isolationIndex: null,
      lostGoodRequests: 0,
    },
    detect: { userMs: null, engineMs: null, breakerMs: null },
    ...{
      recoverMs: null,
      recoverCensoredAtMs: null,
      recoverCountedFrom: 'undo',
      metastable: false,
      brownOutMs: null,
      restarts: 0,
    },
    ...{ surprises: [], events: [], timeline: [], resolutionMs: 1000, withheldShare: null },
  };
}

/** One fault on one shape, as the isolation probe would report it. */
export function makeIsolation(random: Random, fault: Fault, shape: Shape, startedAtMs: number): IsolationMeasurement {
  const unit = shape.variant.topology.units.find((candidate) => candidate.modules.includes(fault.module));
  if (unit === undefined) throw new Error(`no unit hosts "${fault.module}"`);
  if (fault.kind === 'partition' && fault.peer !== undefined && unit.modules.includes(fault.peer))
    return cannotHappen(fault, shape, unit.name);
  const sameUnit = unit.modules.includes('storefront');
  const endpoints = Object.entries(shop.endpoints).map(([name, endpoint]) =>
    endpointOf(random, name, endpoint, fault, shape, sameUnit),
  );
  const effectAtMs = startedAtMs + 10_000;
  const undoneAtMs = effectAtMs + 12_000;
  const stuck = fault.kind === 'hang' && shape.variant.name === 'monolith';
  const independent = endpoints.filter((endpoint) => endpoint.need === 'none');
  const weight = (endpoint: IsolationEndpoint): number => endpointWork[endpoint.endpoint]?.share ?? 0;
  const sum = (list: IsolationEndpoint[], value: (endpoint: IsolationEndpoint) => number): number =>
    list.reduce((total, endpoint) => total + value(endpoint), 0);
  const lost = sum(endpoints, (endpoint) => endpoint.baseline.good - endpoint.fault.good);
  return {
    fault,
    label: faultLabel(fault),
    scope: fault.kind === 'partition' ? 'unit' : 'module',
    unit: unit.name,
    status: 'applied',
    reason: null,
    effectAtMs,
    undoneAtMs,
    endpoints,
    breadth: sum(
      endpoints.filter((endpoint) => endpoint.impacted),
      weight,
    ),
    severity: sum(endpoints, (endpoint) => weight(endpoint) * endpoint.degradation),
    isolationIndex:
      independent.length === 0
        ? null
        : 1 - sum(independent, (endpoint) => weight(endpoint) * endpoint.degradation) / sum(independent, weight),
    lostGoodRequests: lost,
    detect: { userMs: around(random, 120, 0.3), engineMs: around(random, 300, 0.2), breakerMs: null },
    recoverMs: stuck ? null : around(random, fault.kind === 'crash' ? 1900 : 900, 0.15),
    recoverCensoredAtMs: stuck ? 22_000 : null,
    recoverCountedFrom: fault.kind === 'crash' ? 'effect' : 'undo',
    metastable: stuck,
    brownOutMs: null,
    restarts: fault.kind === 'crash' ? 1 : 0,
    surprises: endpoints
      .filter((endpoint) => endpoint.impacted !== (endpoint.need === 'required'))
      .map((endpoint) => ({
        endpoint: endpoint.endpoint,
        predicted: endpoint.need === 'required',
        observed: endpoint.impacted,
      })),
    events:
      fault.kind === 'crash' ? [{ atMs: effectAtMs + 310, kind: 'restart', text: `unit ${unit.name} restarted` }] : [],
    timeline: timeline(random, endpoints, effectAtMs, undoneAtMs, !stuck),
    resolutionMs: 1000,
    withheldShare: 0.001,
  };
}
