import { faultTargets } from '../../preset-faults.ts';
import { presetLoad } from '../../preset-load.ts';
import { manifestVariant } from '../../preset-variant.ts';
import { resilienceSchema, settingsSchema, type Resilience } from '../../variant.ts';
import type { ProbePreset } from '../preset.ts';
import type { StormSettings } from './settings.ts';

/*
 * Why the numbers are these. Let a calm load keep the bottleneck busy for the share u, and the part m of that be the slow module's. Work that nobody
 * waits for any more is done all the same, so when everything fails the load grows to about u x m x A, where A is what repetitions make of the module's calls. Above 1
 * the retries alone keep it full: the state outlives its cause. With u below 1 the calm load fits, so the same application is well until something pushes
 * it over. Without a fallback every call is one that can be repeated. A failed step ends its journey, so ten retries make A = 4.7 of the shop's calls, not 11, and
 * with two thirds of the work in the module u = 0.5 grows to 1.6. A budget of a tenth allows A = 1.1, which always comes back. Both stay true on a machine whose
 * speed changes by a third while it is measured.
 *
 * How many journeys a second are u = 0.5 depends on the machine, so the storm measures it (`pace`), under a load so light that even its repetitions
 * would fit and a cold start cannot become a storm by itself.
 */
const utilisation = 0.5;
const lightJourneysPerSecond = 6;
const deadlineMs = 300;
const retries = { count: 10, backoffMs: 0, jitter: 0, budget: null };
const budget = { ...retries, backoffMs: 20, jitter: 1, budget: 0.1 };
const circuitBreaker = { failureShare: 0.5, windowMs: 2000, minimumCallsPerSecond: 2, openMs: 1000 };

/** Makes one call cost some milliseconds of CPU, so that the module is full before its callers have run out of connections. */
const workFactor = 50;

/** Slow, but within the deadline: what comes too late for its caller is turned away after the delay and costs the module nothing. */
const delayMs = deadlineMs / 3;

const policies: Record<string, Partial<Resilience>> = {
  retries: { retries },
  budget: { retries: budget },
  breaker: { retries, circuitBreaker },
  both: { retries: budget, circuitBreaker },
};

export const retryStorm = {
  name: 'retry-storm',
  title: 'Retry storm',
  question: 'Does the application come back after a spike and a slow dependency, or do its own retries keep it down?',
  summary:
    'One cut without fallbacks, four policies: ten retries alone, with a retry budget, with a circuit breaker, with both. Three times the load for a while, on top of a slow dependency.',
  experiment: (application) => {
    const [work] = Object.entries(application.tunables);
    const tunables =
      work === undefined
        ? {}
        : { [work[0]]: Math.min(work[1].max, Math.max(work[1].min, work[1].default * workFactor)) };
    const topology = Object.hasOwn(application.topologies, 'microservices')
      ? 'microservices'
      : (Object.keys(application.topologies).at(-1) ?? '');
    const variants = Object.entries(policies).map(([name, policy]) =>
      manifestVariant(application, topology, {
        name,
        settings: {
          ...settingsSchema.parse({}),
          tunables,
          resilience: resilienceSchema.parse({ deadlineMs, fallback: false, ...policy }),
        },
      }),
    );
    return {
      variants,
      blocks: 3,
      declaredDifferences: ['resilience'],
      // Evenly spaced, so that chance bursts neither raise a storm of their own nor make the calm before it look unsteady.
      load: { ...presetLoad, journeysPerSecond: lightJourneysPerSecond, arrivals: 'constant' },
      warmUp: { minMs: 5000, maxMs: 8000, minRequests: 100 },
      latency: { durationMs: 3000 },
      settings: {
        fault: { kind: 'slow', module: faultTargets(application).optional, delayMs },
        spikeFactor: 3,
        baselineMs: 8000,
        spikeMs: 5000,
        recoveryMs: 18_000,
        pace: { utilisation, gaugeMs: 3500 },
      },
    };
  },
} as const satisfies ProbePreset<StormSettings>;
