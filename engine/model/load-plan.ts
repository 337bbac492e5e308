import { endpointMethods, type Application } from './application.ts';
import type { LoadPlan } from './load.ts';

/** A load of an application's journeys at one rate, outside any experiment: without ledger and traces, and with a second's slices, unless `over` says otherwise. */
export function wholeLoad(
  application: Application,
  baseUrl: string,
  { journeysPerSecond, durationMs, ...over }: { journeysPerSecond: number; durationMs: number } & Partial<LoadPlan>,
): LoadPlan {
  return {
    baseUrl,
    journeys: application.journeys,
    methods: endpointMethods(application),
    stages: [{ journeysPerSecond, durationMs }],
    arrivals: 'constant',
    seed: 1,
    deadlineMs: 2000,
    maxConnections: 64,
    sliceMs: 1000,
    traceShare: 0,
    ledger: false,
    identitySalt: 'visitors',
    ...over,
  };
}
