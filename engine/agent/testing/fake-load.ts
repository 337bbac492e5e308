import type { Clock } from '../../clock/index.ts';
import {
  applicationSchema,
  createRandom,
  emptyCounts,
  encodeHistogram,
  mostFailuresTold,
  newHistogram,
  recordMs,
  type FailedRequest,
  type GeneratorHealth,
  type LedgerEntry,
  type LoadMeasurement,
  type LoadPlan,
  type LoadSlice,
  type Step,
} from '../../model/index.ts';

/** How one request went. */
export interface Served {
  outcome: 'good' | 'status' | 'timeout' | 'refused';
  responseMs: number;
}

export interface FakeLoadSurroundings {
  /** The generator's own. */
  clock: Clock;
  /** What the application does with a request that is due now. `key`: of an attempt that goes into the ledger; `traceId`: of a journey that is sampled. */
  serve: (step: Step, key: string | null, traceId: string | null) => Served;
  /** What the generator says of itself; healthy where nothing is said. */
  health(plan: LoadPlan): Partial<GeneratorHealth>;
  /** Ends the load early. */
  stopped: AbortSignal;
  onSlice: (slice: LoadSlice) => void;
}

const HEALTHY: GeneratorHealth = {
  pacingLagP50Ms: 0,
  pacingLagP99Ms: 0.1,
  pacingShiftP50Ms: 0,
  pacingShiftP95Ms: 0,
  connectionWaitP99Ms: 0,
  loopUtilization: 0.1,
  cpuSeconds: 0.1,
  offeredShare: 1,
  hiccupShare: 0,
  pacer: 'thread',
  valid: true,
  saturated: false,
  shifted: [],
  reasons: [],
  disturbances: [],
};

/** Response times spread by about a tenth, so that percentiles are not all the same. */
const SPREAD = 0.1;

interface Tally extends ReturnType<typeof emptyCounts> {
  notReached: number;
  answersMs: number[];
  failuresMs: number[];
}

/** One for all: a histogram is large however little is recorded, and there are several a slice. */
const scratch = newHistogram();
const nothingRecorded = encodeHistogram(scratch);

function encoded(timesMs: readonly number[], nothing = nothingRecorded): string {
  if (timesMs.length === 0) return nothing;
  scratch.reset();
  for (const ms of timesMs) recordMs(scratch, ms);
  return encodeHistogram(scratch);
}
/** As the generator says it where nothing was counted. */
const encodedSome = (timesMs: readonly number[]): string => encoded(timesMs, '');

/** Plays a plan against made-up answers in the clock's time: as many requests as the rates ask for, every slice at its end. */
export async function runFakeLoad(plan: LoadPlan, surroundings: FakeLoadSurroundings): Promise<LoadMeasurement> {
  const { clock, serve, stopped, onSlice } = surroundings;
  const journeys = Object.entries(applicationSchema.shape.journeys.parse(plan.journeys));
  const weights = journeys.reduce((sum, [, { weight }]) => sum + weight, 0);
  const random = createRandom(plan.seed, 'fake load');
  const startedAtMs = clock.nowMs();
  const from = clock.monotonicMs();
  const whole = new Map<string, Tally>();
  const started = new Map(journeys.map(([name]) => [name, { scheduled: 0, good: 0 }]));
  const due = new Map<string, number>();
  const ledger: LedgerEntry[] = [];
  const failures: FailedRequest[] = [];
  let skippedSteps = 0;
  let index = 0;

  const record = (tally: Tally, { outcome }: Served, ms: number): void => {
    tally.scheduled += 1;
    if (outcome === 'good' && ms <= plan.deadlineMs) tally.good += 1;
    else if (outcome === 'good') tally.late += 1;
    else tally.errors[outcome] += 1;
    (outcome === 'good' ? tally.answersMs : tally.failuresMs).push(ms);
  };
  const play = (name: string, steps: readonly Step[], slice: Map<string, Tally>): void => {
    const count = started.get(name) ?? { scheduled: 0, good: 0 };
    started.set(name, count);
    const number = (count.scheduled += 1);
    const traceId = plan.traceShare > 0 && random.next() < plan.traceShare ? random.hex(16) : null;
    for (const [at, step] of steps.entries()) {
      const key = step.ledger === undefined ? null : `${plan.identitySalt}-${name}-${number}`;
      const served = serve(step, plan.ledger ? key : null, traceId);
      const noise = Math.exp(SPREAD * (random.next() + random.next() - 1));
      const ms = served.outcome === 'timeout' ? plan.deadlineMs : served.responseMs * noise;
      for (const tallies of [whole, slice]) record(tallyFor(tallies, step.endpoint), served, ms);
      if (plan.ledger && key !== null) {
        const outcome =
          served.outcome === 'good' ? 'acknowledged' : served.outcome === 'status' ? 'rejected' : 'indeterminate';
        ledger.push({ key, outcome, atMs: clock.nowMs(), status: served.outcome === 'good' ? 200 : null });
      }
      if (served.outcome === 'good') continue;
      if (traceId !== null && failures.length < mostFailuresTold) {
        const [endedAtMs, { endpoint }] = [clock.nowMs(), step];
        failures.push({ endpoint, traceId, outcome: served.outcome, startedAtMs: endedAtMs - ms, endedAtMs });
      }
      skippedSteps += steps.length - at - 1;
      for (const skipped of steps.slice(at + 1)) tallyFor(slice, skipped.endpoint).notReached += 1;
      return;
    }
    count.good += 1;
  };

  playing: for (const { journeysPerSecond, durationMs } of plan.stages) {
    for (let atMs = 0; atMs < durationMs; atMs += plan.sliceMs) {
      const lengthMs = Math.min(plan.sliceMs, durationMs - atMs);
      const startMs = clock.nowMs();
      await clock.delay(lengthMs, stopped).catch(() => undefined);
      if (stopped.aborted) break playing;
      const slice = new Map<string, Tally>();
      for (const [name, { weight, steps }] of journeys) {
        let wanted = (due.get(name) ?? 0) + (journeysPerSecond * lengthMs * weight) / (1000 * weights);
        for (; wanted >= 1; wanted -= 1) play(name, steps, slice);
        due.set(name, wanted);
      }
      onSlice({
        index: index++,
        startMs,
        lengthMs,
        withheldMs: 0,
        endpoints: Object.fromEntries(
          [...slice].map(([name, { answersMs, failuresMs, ...counts }]) => [
            name,
            { ...counts, responseTime: encoded(answersMs), failureAge: encodedSome(failuresMs) },
          ]),
        ),
      });
    }
  }
  return {
    startedAtMs,
    durationMs: Math.max(1, clock.monotonicMs() - from),
    journeys: Object.fromEntries(started),
    endpoints: Object.fromEntries(
      [...whole].map(([name, { answersMs, failuresMs, scheduled, good, late, dropped, errors }]) => {
        const histogram = encoded(answersMs);
        const failureAge = encodedSome(failuresMs);
        return [
          name,
          {
            ...{ scheduled, good, late, dropped, errors, failureAge },
            ...{ responseTime: histogram, punctualTime: histogram, serviceTime: histogram },
          },
        ];
      }),
    ),
    skippedSteps,
    generator: { ...HEALTHY, ...surroundings.health(plan) },
    ledger,
    ...(failures.length === 0 ? {} : { failures }),
    bytesReceived: 0,
    bytesSent: 0,
  };
}

function tallyFor(tallies: Map<string, Tally>, endpoint: string): Tally {
  const known = tallies.get(endpoint) ?? { ...emptyCounts(), notReached: 0, answersMs: [], failuresMs: [] };
  tallies.set(endpoint, known);
  return known;
}
