import { performance } from 'node:perf_hooks';
import {
  createRandom,
  mostFailuresTold,
  type FailedRequest,
  type LedgerEntry,
  type LoadMeasurement,
  type LoadPlan,
  type Random,
} from '../model/index.ts';
import { judgeAnswer } from './answer.ts';
import { arrivalTimes, journeyChoices, planDurationMs } from './arrivals.ts';
import { assertBalanced } from './books.ts';
import { ledgerOutcome } from './client-ledger.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { drawVariables, journeyStreams } from './draws.ts';
import type { Exchange, JourneyRun, Outcome } from './exchange.ts';
import { judgeHealth } from './health.ts';
import { compileWorkload, requestText, type CompiledStep, type CompiledWorkload } from './journey.ts';
import type { LoadOptions } from './load-options.ts';
import type { Pacer } from './pacer.ts';
import { ConnectionPool } from './pool.ts';
import { Recorder } from './recorder.ts';
import { epochMs } from './shared-clock.ts';
import { noVariables, type Variables } from './template.ts';
import { TimeCounts } from './time-counts.ts';
import { TimeLine } from './time-line.ts';

/** Between the decision to start and the first instant of the plan, ms: what is set up meanwhile must not be late. */
const LEAD_MS = 20;
/** An arrival handed over this long after the plan's end was not offered, ms. */
const OFFERED_GRACE_MS = 5;
/** More in line than this is memory, not measurement. */
const MAX_LINE = 500_000;
/** Journeys started in a row before the loop turns: under overload answers must still be read. */
const MAX_BURST = 64;
/** The pacer's and the generator's clocks are read at different moments, ms. */
const POLL_MARGIN_MS = 0.01;
/** How often complete slices are looked for, ms. */
const RELEASE_EVERY_MS = 100;

/** One load under way. */
export class LoadRun {
  private readonly plan: LoadPlan;
  private readonly pacer: Pacer;
  private readonly options: LoadOptions;
  private readonly workload: CompiledWorkload;
  private readonly pool: ConnectionPool;
  private readonly deadlines: DeadlineQueue<Exchange>;
  private readonly recorder: Recorder;
  private readonly timeLine: TimeLine;
  private readonly choice: () => number;
  private readonly traces: Random;
  private readonly sample: Random;
  private readonly nextArrival: () => number;
  private readonly startMs = performance.now() + LEAD_MS;
  private readonly pacingLag = new TimeCounts();
  private readonly connectionWait = new TimeCounts();
  private readonly ledger: LedgerEntry[] = [];
  private readonly failures: FailedRequest[] = [];
  private failed = 0;
  private readonly journeys: { scheduled: number; good: number }[];
  private dueMs: number;
  private endMs: number;
  private started = 0;
  private steps = 0;
  private requests = 0;
  private startedInTime = 0;
  private openRequests = 0;
  private skippedSteps = 0;
  private stopped = false;
  private polling = false;
  private pollWithinMs = 0;
  private withheldMs = 0;
  private watchedUntilMs = this.startMs;
  private resolve: () => void = () => {};
  private reject: (error: unknown) => void = () => {};

  constructor(plan: LoadPlan, pacer: Pacer, options: LoadOptions) {
    this.plan = plan;
    this.pacer = pacer;
    this.options = options;
    this.workload = compileWorkload(plan);
    const abandonMs = Math.max(plan.deadlineMs, options.abandonAfterMs ?? 0);
    this.pool = new ConnectionPool(
      options.addresses?.urls ?? [plan.baseUrl],
      { ...plan, connectTimeoutMs: abandonMs },
      {
        onAnswer: this.guarded((exchange, status, body, atMs) => this.answer(exchange, status, body, atMs)),
        onFailure: this.guarded((exchange, failure, atMs) => this.end(exchange, failure, null, atMs)),
      },
    );
    this.deadlines = new DeadlineQueue<Exchange>(
      abandonMs,
      this.guarded((exchange, nowMs) => this.end(exchange, 'timeout', null, nowMs)),
    );
    this.recorder = new Recorder(this.workload.endpoints);
    this.timeLine = new TimeLine({
      startMs: this.startMs,
      startEpochMs: epochMs(this.startMs),
      sliceMs: plan.sliceMs,
      endpoints: this.workload.endpoints,
      onSlice: (slice) => options.onSlice?.(slice),
    });
    this.choice = journeyChoices(plan);
    this.traces = createRandom(plan.seed, 'traces', plan.identitySalt);
    this.sample = createRandom(plan.seed, 'failures', plan.identitySalt);
    this.journeys = this.workload.journeys.map(() => ({ scheduled: 0, good: 0 }));
    this.nextArrival = this.arrivals();
    this.dueMs = this.nextArrival();
    this.endMs = this.startMs + planDurationMs(plan);
  }

  async run(): Promise<LoadMeasurement> {
    const loopBefore = performance.eventLoopUtilization();
    const cpuBefore = process.cpuUsage();
    const stop = (): void => this.stop();
    this.options.signal?.addEventListener('abort', stop, { once: true });
    const unfollow = this.options.addresses?.follow((urls) => this.pool.lead(urls));
    const releasing = setInterval(this.guarded(this.releaseSlices), RELEASE_EVERY_MS);
    try {
      await new Promise<void>((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
        if (this.options.signal?.aborted === true) this.stop();
        this.pollWithinMs =
          this.pacer.start(this.arrivals(), this.guarded(this.pump), meanGapMs(this.plan)) + POLL_MARGIN_MS;
        this.finishWhenDone();
      });
    } catch (error) {
      this.abandon();
      throw error;
    } finally {
      this.options.signal?.removeEventListener('abort', stop);
      unfollow?.();
      clearInterval(releasing);
      this.deadlines.close();
    }
    const loopUtilization = performance.eventLoopUtilization(loopBefore).utilization;
    const cpu = process.cpuUsage(cpuBefore);
    this.noteWithheld();
    const hiccupShare = this.withheldMs / Math.max(1, performance.now() - this.startMs);
    this.timeLine.finish(this.endMs);
    const bytes = this.pool.bytes();
    this.pool.close();
    const { pacingShiftP50Ms, pacingShiftP95Ms, ...times } = this.recorder.overall();
    const endpoints = this.recorder.endpointLoads();
    assertBalanced({
      steps: this.steps,
      requests: this.requests,
      skipped: this.skippedSteps,
      endpoints: Object.values(endpoints),
      inSlices: this.timeLine.counted,
    });
    return {
      startedAtMs: epochMs(this.startMs),
      durationMs: this.endMs - this.startMs,
      journeys: Object.fromEntries(
        this.workload.journeys.map(({ name }, kind) => [name, this.journeys[kind] ?? { scheduled: 0, good: 0 }]),
      ),
      endpoints,
      skippedSteps: this.skippedSteps,
      generator: judgeHealth(
        {
          pacingLagP50Ms: quantile(this.pacingLag, 50),
          pacingLagP99Ms: quantile(this.pacingLag, 99),
          pacingShiftP50Ms,
          pacingShiftP95Ms,
          connectionWaitP99Ms: quantile(this.connectionWait, 99),
          loopUtilization,
          cpuSeconds: (cpu.user + cpu.system) / 1e6,
          offeredShare: this.started === 0 ? 1 : this.startedInTime / this.started,
          hiccupShare,
          pacer: this.pacer.kind,
        },
        times,
      ),
      ledger: this.ledger,
      ...(this.failures.length === 0 ? {} : { failures: this.failures.toSorted((a, b) => a.endedAtMs - b.endedAtMs) }),
      bytesReceived: bytes.received,
      bytesSent: bytes.sent,
    };
  }

  private arrivals(): () => number {
    const next = arrivalTimes(this.plan);
    return () => this.startMs + next();
  }

  /** Starts every journey that is due; what is due very soon is waited for with the event loop turning. */
  private readonly pump = (): void => {
    let nowMs = performance.now();
    for (let burst = 0; this.dueMs <= nowMs && burst < MAX_BURST; burst++) {
      this.startJourney(this.dueMs, nowMs);
      this.dueMs = this.nextArrival();
      nowMs = performance.now();
    }
    this.pacer.passed(this.started);
    if (!this.polling && this.dueMs - nowMs <= this.pollWithinMs) {
      this.polling = true;
      setImmediate(this.poll);
    }
    if (this.dueMs === Number.POSITIVE_INFINITY) this.finishWhenDone();
  };

  private readonly poll = this.guarded((): void => {
    this.polling = false;
    this.pump();
  });

  private startJourney(intendedMs: number, nowMs: number): void {
    const index = this.started++;
    if (nowMs <= this.endMs + OFFERED_GRACE_MS) this.startedInTime++;
    this.pacingLag.record(nowMs - intendedMs);
    const kind = this.workload.choose(this.choice());
    const journey = this.workload.journeys[kind];
    const tally = this.journeys[kind];
    if (journey === undefined || tally === undefined) return;
    tally.scheduled++;
    this.steps += journey.steps.length;
    const traced = this.plan.traceShare > 0 && this.traces.next() < this.plan.traceShare;
    const run: JourneyRun = {
      journey,
      kind,
      at: 0,
      good: true,
      variables:
        journey.draws === null ? noVariables() : drawVariables(journey.draws, journeyStreams(this.plan, index)),
      traceId: traced ? this.traces.hex(16) : null,
    };
    this.startStep(run, intendedMs, nowMs);
  }

  private startStep(run: JourneyRun, intendedMs: number, nowMs: number): void {
    const step = run.journey.steps[run.at];
    if (step === undefined) return;
    const trace = run.traceId === null ? '' : `traceparent: 00-${run.traceId}-${this.traces.hex(8)}-01\r\n`;
    const text = textOf(step, run.variables, trace);
    const exchange: Exchange = {
      run,
      step,
      intendedMs,
      issuedMs: nowMs,
      sentMs: Number.NaN,
      text: text ?? '',
      slice: this.timeLine.open(intendedMs),
      done: false,
      connection: null,
    };
    this.requests++;
    this.openRequests++;
    if (text === null) {
      this.end(exchange, 'other', null, nowMs);
      return;
    }
    if (this.pool.waiting >= MAX_LINE) {
      this.end(exchange, 'dropped', null, nowMs);
      return;
    }
    this.deadlines.add(exchange);
    this.pool.submit(exchange);
  }

  private answer(exchange: Exchange, status: number, body: string | null, atMs: number): void {
    const judged = judgeAnswer(exchange.step, status, body, exchange.run.variables);
    const inTime = atMs - exchange.intendedMs <= this.plan.deadlineMs;
    this.end(exchange, judged === 'expected' ? (inTime ? 'good' : 'late') : judged, status, atMs);
    // Answers keep the loop awake anyway: nothing due waits for the pacer's message.
    if (this.dueMs <= atMs) this.pump();
  }

  private end(exchange: Exchange, outcome: Outcome, status: number | null, atMs: number): void {
    if (exchange.done) return;
    exchange.done = true;
    this.openRequests--;
    const sent = !Number.isNaN(exchange.sentMs);
    const responseMs = atMs - exchange.intendedMs;
    const pacingLagMs = exchange.issuedMs - exchange.intendedMs;
    this.recorder.record(exchange.step.endpoint, outcome, responseMs, pacingLagMs, atMs - exchange.sentMs);
    this.timeLine.close(exchange.slice, exchange.step.endpoint, outcome, responseMs);
    this.connectionWait.record((sent ? exchange.sentMs : atMs) - exchange.issuedMs);
    if (this.plan.ledger && exchange.step.ledgerKey !== null) this.enterLedger(exchange, outcome, status);
    if (outcome !== 'good' && outcome !== 'late') this.tellFailure(exchange, outcome, atMs);
    if (outcome === 'timeout') exchange.connection?.close();
    this.continueJourney(exchange, outcome, atMs);
    if (this.openRequests === 0) this.finishWhenDone();
  }

  private continueJourney({ run, slice }: Exchange, outcome: Outcome, atMs: number): void {
    const left = run.journey.steps.length - run.at - 1;
    const expected = outcome === 'good' || outcome === 'late';
    if (expected && left > 0 && !this.stopped) {
      run.at++;
      if (outcome === 'late') run.good = false;
      this.startStep(run, atMs, atMs);
      return;
    }
    this.skippedSteps += left;
    if (!expected)
      for (const step of run.journey.steps.slice(run.at + 1)) this.timeLine.notReached(slice, step.endpoint);
    const tally = this.journeys[run.kind];
    if (tally !== undefined && left === 0 && outcome === 'good' && run.good) tally.good++;
  }

  private tellFailure({ run, step, intendedMs }: Exchange, outcome: FailedRequest['outcome'], atMs: number): void {
    if (run.traceId === null) return;
    this.failed++;
    // A sample in which each is as likely as the others (Vitter 1985, algorithm R).
    const at = this.failures.length < mostFailuresTold ? this.failures.length : this.sample.integer(0, this.failed - 1);
    if (at >= mostFailuresTold) return;
    this.failures[at] = {
      ...{ endpoint: this.workload.endpoints[step.endpoint] ?? '', traceId: run.traceId, outcome },
      ...{ startedAtMs: epochMs(intendedMs), endedAtMs: epochMs(atMs) },
    };
  }

  private enterLedger(exchange: Exchange, outcome: Outcome, status: number | null): void {
    const sent = !Number.isNaN(exchange.sentMs);
    const known = ledgerOutcome(outcome, status, sent);
    if (known === null) return;
    this.ledger.push({
      key: exchange.step.ledgerKey?.(exchange.run.variables) ?? '',
      outcome: known,
      atMs: epochMs(sent ? exchange.sentMs : exchange.issuedMs),
      status,
    });
  }

  /** Complete slices are encoded one a turn of the loop, so that none delays an arrival for long. */
  private readonly releaseSlices = (): void => {
    this.noteWithheld();
    // An alarm that rang too early is not rung again: what it was for would wait forever.
    if (this.dueMs <= performance.now()) this.pump();
    if (this.timeLine.release(Math.min(this.dueMs, performance.now()))) setImmediate(this.guarded(this.releaseSlices));
  };

  /** Enters what the machine withheld since the last look, as of the middle of that time. */
  private noteWithheld(): void {
    const nowMs = performance.now();
    const lostMs = this.pacer.lostMs();
    this.timeLine.withheld((this.watchedUntilMs + nowMs) / 2, lostMs - this.withheldMs);
    this.withheldMs = lostMs;
    this.watchedUntilMs = nowMs;
  }

  private stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    const nowMs = performance.now();
    this.endMs = Math.max(this.startMs, Math.min(this.endMs, nowMs));
    this.dueMs = Number.POSITIVE_INFINITY;
    this.finishWhenDone();
  }

  /** Whatever goes wrong in the generator itself ends the load with that error: no request is lost in silence, none hangs. */
  private guarded<Arguments extends unknown[]>(work: (...args: Arguments) => void): (...args: Arguments) => void {
    return (...args) => {
      try {
        work(...args);
      } catch (error) {
        this.reject(error);
      }
    };
  }

  private abandon(): void {
    this.stopped = true;
    this.dueMs = Number.POSITIVE_INFINITY;
    this.pool.close();
  }

  private finishWhenDone(): void {
    if (this.dueMs !== Number.POSITIVE_INFINITY || this.openRequests > 0) return;
    const leftMs = this.endMs - performance.now();
    if (leftMs <= 0) this.resolve();
    else setTimeout(() => this.finishWhenDone(), Math.ceil(leftMs));
  }
}

/** Null: these values make no request. */
function textOf(step: CompiledStep, variables: Variables, trace: string): string | null {
  if (step.constant !== null && trace === '') return step.constant;
  try {
    return requestText(step, variables, trace);
  } catch {
    return null;
  }
}

/** Mean gap between journeys in the fastest stage, ms. */
function meanGapMs(plan: LoadPlan): number {
  return 1000 / Math.max(...plan.stages.map((stage) => stage.journeysPerSecond));
}

/** 0 where nothing was counted. */
function quantile(counts: TimeCounts, percent: number): number {
  return counts.total === 0 ? 0 : counts.toHistogram().getValueAtPercentile(percent) / 1000;
}
