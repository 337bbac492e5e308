import type { AgentClient } from '../agent/index.ts';
import type { Clock } from '../clock/index.ts';
import { renameVariables, variablesOf } from '../load/index.ts';
import {
  decodeHistogram,
  endpointMethods,
  maxMs,
  maxSteps,
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
  const endpoints: FirstRequests['endpoints'] = {};
  for (const tour of tours(application)) {
    const plan: LoadPlan = {
      baseUrl: entryUrl,
      journeys: { tour },
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
    for (const [name, { good, responseTime }] of Object.entries(measured.endpoints)) {
      const slowest = maxMs(decodeHistogram(responseTime));
      if (good > 0 && slowest !== null && !Object.hasOwn(endpoints, name)) endpoints[name] = slowest;
    }
  }
  return { firstGoodAtMs, endpoints };
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

/** A step that can be asked by itself: it needs nothing drawn or captured, and no body. */
export function plainStep(application: Application): Pick<Step, 'path' | 'headers' | 'expect'> {
  for (const journey of Object.values(application.journeys)) {
    for (const step of journey.steps) {
      const asked = own(application.endpoints, step.endpoint)?.method === 'GET' && step.body === undefined;
      if (asked && variablesOf(step).length === 0) return step;
    }
  }
  return { path: '/health/ready', headers: {}, expect: { status: [200], fields: [] } };
}

/**
 * Every journey's steps one after another, as one journey or as few as can hold them. A name that two journeys use stands for something else in
 * each, so it is another one in each here.
 */
export function tours(application: Application): Journey[] {
  const joined: Journey[] = [];
  const taken = new Set<string>();
  for (const journey of Object.values(application.journeys)) {
    const renamed = new Map<string, string>();
    for (const name of [journey.draw, ...journey.steps.map(({ capture }) => capture)].flatMap(Object.keys)) {
      if (renamed.has(name)) continue;
      const free = unlike(name, taken);
      taken.add(free);
      renamed.set(name, free);
    }
    const { draw, steps } = renameVariables(journey, (name) => renamed.get(name) ?? name);
    const last = joined.at(-1);
    if (last === undefined || last.steps.length + steps.length > maxSteps)
      joined.push({ title: 'Every journey once', weight: 1, draw, steps });
    else joined.splice(-1, 1, { ...last, draw: { ...last.draw, ...draw }, steps: [...last.steps, ...steps] });
  }
  return joined;
}

/** The name, or one made from it that nobody has taken. */
function unlike(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
  return free;
}
