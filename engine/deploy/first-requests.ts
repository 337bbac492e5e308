import type { AgentClient } from '../agent/index.ts';
import type { Clock } from '../clock/index.ts';
import {
  decodeHistogram,
  endpointMethods,
  maxMs,
  type Application,
  type Journey,
  type LoadPlan,
  type Step,
  own,
} from '../model/index.ts';

const firstGoodLimitMs = 30_000;
const betweenTriesMs = 5;
const tourDeadlineMs = 10_000;

export interface FirstRequests {
  /** When the entry had given its first good answer, ms since the epoch. */
  firstGoodAtMs: number;
  /** Response time of the first request to each endpoint, ms; only of those that were reached. */
  endpoints: Record<string, number>;
}

/**
 * Asks the entry until it gives one good answer, then goes once through every journey to time the first request of each endpoint. Throws when
 * none is good, and the signal's reason when it aborts.
 */
export async function measureFirstRequests(
  agent: AgentClient,
  application: Application,
  entryUrl: string,
  { clock, seed, signal }: { clock: Clock; seed: number; signal: AbortSignal },
): Promise<FirstRequests> {
  const firstGoodAtMs = await firstGood(agent, application, entryUrl, { clock, signal });
  const plan: LoadPlan = {
    baseUrl: entryUrl,
    journeys: { tour: tour(application) },
    methods: endpointMethods(application),
    // One arrival, a millisecond long.
    stages: [{ journeysPerSecond: 1000, durationMs: 1 }],
    arrivals: 'constant',
    seed,
    deadlineMs: tourDeadlineMs,
    maxConnections: 1,
    sliceMs: 1000,
    traceShare: 0,
    ledger: false,
    identitySalt: 'first requests',
  };
  const measured = await agent.startLoad(plan, { signal }).done;
  const endpoints = Object.entries(measured.endpoints).flatMap(([name, { good, responseTime }]) => {
    const slowest = maxMs(decodeHistogram(responseTime));
    return good > 0 && slowest !== null ? [[name, slowest] as const] : [];
  });
  return { firstGoodAtMs, endpoints: Object.fromEntries(endpoints) };
}

async function firstGood(
  agent: AgentClient,
  application: Application,
  entryUrl: string,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<number> {
  const step = plainStep(application);
  const deadline = clock.monotonicMs() + firstGoodLimitMs;
  for (;;) {
    const answer = await agent
      .request({
        method: 'GET',
        url: `${entryUrl}${step.path}`,
        headers: step.headers,
        body: null,
        timeoutMs: 5000,
        signal,
      })
      .catch(() => null);
    signal.throwIfAborted();
    if (answer !== null && step.expect.status.includes(answer.status)) return answer.endedAtMs;
    if (clock.monotonicMs() > deadline) {
      const seen = answer === null ? 'no answer' : `status ${answer.status}`;
      throw new Error(
        `every unit is ready, but GET ${step.path} at the entry gave ${seen} for ${firstGoodLimitMs / 1000} s`,
      );
    }
    await clock.delay(betweenTriesMs, signal);
  }
}

/** A step that needs nothing drawn or captured. */
function plainStep(application: Application): Pick<Step, 'path' | 'headers' | 'expect'> {
  for (const journey of Object.values(application.journeys)) {
    for (const step of journey.steps) {
      if (own(application.endpoints, step.endpoint)?.method === 'GET' && !step.path.includes('${')) return step;
    }
  }
  return { path: '/health/ready', headers: {}, expect: { status: [200], fields: [] } };
}

/** Every journey's steps one after another, as one journey. */
function tour(application: Application): Journey {
  const journeys = Object.values(application.journeys);
  return {
    title: 'Every journey once',
    weight: 1,
    draw: Object.assign({}, ...journeys.map((journey) => journey.draw)) as Journey['draw'],
    steps: journeys.flatMap((journey) => journey.steps),
  };
}
