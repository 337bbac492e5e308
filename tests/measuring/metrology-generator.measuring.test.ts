import { afterEach, expect, test, type TestContext } from 'vitest';
import {
  decodeHistogram,
  quantileMs,
  type EndpointLoad,
  type GeneratorHealth,
  type LoadPlan,
} from '../../engine/model/index.ts';
import { awaitQuiet, nodeProgram, runPinned, startTarget, type RunningTarget } from '../metrology/processes.ts';
import type { TargetSettings } from '../metrology/target.ts';
import { quantileOf, serverTruth, simulatedTruth, stallQuantileMs } from '../metrology/truth.ts';

const QUANTILES = [0.5, 0.9, 0.99, 0.999];
const CALM: TargetSettings = { serviceMs: 25, stallMs: 0, stallEveryMs: 5000, errorEvery: 0 };
/** Share of time that the machine may withhold before a miss is the machine's: half of what p99.9 leaves. */
const DISTURBED_SHARE = 0.0005;

/** How long a run waits for other programs to finish, ms. */
const QUIET_LIMIT_MS = 20_000;

interface Measured {
  startedAtMs: number;
  endpoints: Record<string, EndpointLoad>;
  generator?: GeneratorHealth;
}

let target: RunningTarget | null = null;

afterEach(async () => {
  await target?.stop();
  target = null;
});

function planOf(url: string, ratePerSecond: number, seconds: number, seed: number): LoadPlan {
  return {
    baseUrl: url,
    journeys: {
      target: { title: 'Target', weight: 1, steps: [{ endpoint: 'target', path: '/', expect: { status: [200] } }] },
    },
    stages: [{ journeysPerSecond: ratePerSecond, durationMs: seconds * 1000 }],
    arrivals: 'poisson',
    seed,
    deadlineMs: 1000,
    maxConnections: 512,
    sliceMs: 1000,
    traceShare: 0,
    ledger: false,
    identitySalt: '',
  };
}

async function measure(
  settings: TargetSettings,
  kind: 'open' | 'dropping',
  shape: { rate: number; seconds: number; seed: number; connections?: number },
) {
  await awaitQuiet(QUIET_LIMIT_MS);
  const running = await startTarget(settings);
  target = running;
  const plan = planOf(running.url, shape.rate, shape.seconds, shape.seed);
  if (shape.connections !== undefined) plan.maxConnections = shape.connections;
  const measured = JSON.parse(await runPinned(nodeProgram('generator.ts', [kind, JSON.stringify(plan)]))) as Measured;
  const truth = await running.truth();
  await running.stop();
  target = null;
  const endpoint = measured.endpoints['target'];
  if (endpoint === undefined) throw new Error('The generator measured nothing.');
  return { plan, measured, truth, endpoint };
}

interface Miss {
  q: number;
  measuredMs: number;
  trueMs: number;
}

/** Quantiles that are further from the truth than 2 % and 0.3 ms. */
function misses(endpoint: EndpointLoad, truthMs: (q: number) => number): Miss[] {
  const histogram = decodeHistogram(endpoint.responseTime);
  return QUANTILES.map((q) => ({ q, measuredMs: quantileMs(histogram, q) ?? Number.NaN, trueMs: truthMs(q) })).filter(
    ({ measuredMs, trueMs }) => !(Math.abs(measuredMs - trueMs) <= Math.max(0.3, trueMs * 0.02)),
  );
}

/** Why the machine, not the generator, may have missed; null when it was quiet. */
function disturbance(health: GeneratorHealth | undefined): string | null {
  if (health === undefined) return null;
  if (health.disturbances.length > 0) return health.disturbances.join('; ');
  return health.hiccupShare > DISTURBED_SHARE
    ? `The machine withheld the CPU for ${(health.hiccupShare * 100).toFixed(2)} % of the time.`
    : null;
}

type Attempt = Awaited<ReturnType<typeof measure>>;

/** How often a run is made at most before the machine is taken to be too busy to tell. */
const ATTEMPTS = 2;

/**
 * A run that misses on a machine that was quiet fails. One that misses while the generator's own hiccup meter says that the machine was
 * disturbed is made again; when every attempt was disturbed nothing can be said, and the test is skipped with the reason. The bound stays.
 */
async function withinBound(
  context: TestContext,
  attempt: () => Promise<Attempt>,
  missesOf: (result: Attempt) => Miss[],
): Promise<void> {
  for (let number = 1; number <= ATTEMPTS; number += 1) {
    const result = await attempt();
    const missed = missesOf(result);
    if (missed.length === 0) return;
    const reason = disturbance(result.measured.generator);
    expect(reason === null ? missed : [], 'The machine was quiet.').toEqual([]);
    console.warn(`Attempt ${number} of ${ATTEMPTS} cannot be judged, missed by ${JSON.stringify(missed)}: ${reason}`);
  }
  context.skip('*** NOT JUDGED: the machine was disturbed in every attempt ***');
}

const againstServer = ({ plan, measured, truth, endpoint }: Attempt): Miss[] => {
  const times = serverTruth(plan, measured.startedAtMs, truth);
  return misses(endpoint, (q) => quantileOf(times, q));
};

test.for([
  { rate: 500, seconds: 6 },
  { rate: 2000, seconds: 5 },
  { rate: 5000, seconds: 4 },
])(
  '$rate requests/s: percentiles are the truth of the server and of the simulation',
  { retry: 0 },
  async ({ rate, seconds }, context) => {
    await withinBound(
      context,
      () => measure({ ...CALM, errorEvery: 50 }, 'open', { rate, seconds, seed: rate }),
      (result) => {
        const { plan, measured, truth, endpoint } = result;
        expect(endpoint.scheduled).toBe(truth.requests);
        expect(endpoint.errors).toEqual({ status: truth.errors, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 });
        const simulated = simulatedTruth(plan, measured.startedAtMs, CALM, truth.stallAnchorMs);
        // Of the tail beyond p99 the simulation knows nothing: a pause of the target itself is in the server's truth only.
        const againstSimulation = misses(endpoint, (q) => quantileOf(simulated, q)).filter(({ q }) => q <= 0.99);
        return [...againstServer(result), ...againstSimulation];
      },
    );
  },
);

const STALLED: TargetSettings = { serviceMs: 20, stallMs: 200, stallEveryMs: 5000, errorEvery: 0 };

test('a stall of 200 ms every 5 s is in the tail where theory puts it', async (context) => {
  await withinBound(
    context,
    () => measure(STALLED, 'open', { rate: 2000, seconds: 10, seed: 11 }),
    (result) => {
      const { plan, measured, truth, endpoint } = result;
      const simulated = simulatedTruth(plan, measured.startedAtMs, STALLED, truth.stallAnchorMs);
      return [...againstServer(result), ...misses(endpoint, (q) => quantileOf(simulated, q))];
    },
  );
});

test('the formula of the stall is the simulation’s', () => {
  const plan = planOf('http://127.0.0.1', 2000, 500, 3);
  const simulated = simulatedTruth(plan, 0, STALLED, 1234);
  for (const q of [0.97, 0.99, 0.999]) {
    const exact = stallQuantileMs(q, 200, 0.04, 20);
    expect(Math.abs(quantileOf(simulated, q) - exact) / exact).toBeLessThan(0.03);
  }
});

test('a client that drops what finds no connection fails the same check', async () => {
  const { plan, measured, truth, endpoint } = await measure(STALLED, 'dropping', {
    rate: 2000,
    seconds: 10,
    seed: 11,
    connections: 50,
  });
  const simulated = simulatedTruth(plan, measured.startedAtMs, STALLED, truth.stallAnchorMs);
  expect(endpoint.dropped).toBeGreaterThan(0);
  const p99 = misses(endpoint, (q) => quantileOf(simulated, q)).find(({ q }) => q === 0.99);
  expect(p99?.measuredMs).toBeLessThan((p99?.trueMs ?? 0) / 2);
});
