import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/index.ts';
import { buildArtifacts, hashSources, loadApplication, type Laboratory, type MachineShare } from '../deploy/index.ts';
import { computeFindings } from '../evaluation/index.ts';
import {
  deriveSeed,
  expectedMs,
  finishedBlocks,
  looksAtTheEnd,
  orderThatRan,
  gateOverTheRun,
  type Application,
  type Experiment,
  type LabEvent,
  type Look,
  type Repeat,
  type Result,
  type Round,
} from '../model/index.ts';
import { inFull, type Artifact, type Runtime } from '../runtime/index.ts';
import { openJournal, type Journal } from '../storage/index.ts';
import { measureBlocks } from './blocks.ts';
import { checkChanges, checkExperiment, checkGround, checkQuestions } from './check.ts';
import { assertSameGround, continuationOf, type Continuation } from './continuation.ts';
import { describeEnvironment } from './environment.ts';
import { learnedEstimate } from './learned.ts';
import { Looks } from './looks.ts';
import { interleavedOrder } from './order.ts';
import type { RoundContext } from './round.ts';
import { runGate, type Gate } from './run-gate.ts';
import { shareForBlocks } from './side-by-side.ts';
import { Steps } from './steps.ts';
import { finishOrKeepJournal } from './unstored.ts';

export interface RunOptions {
  laboratory: Laboratory;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
  /** A result of the same plan, whose finished blocks are kept; the plan's next ones are measured. */
  continues?: Result;
  /** Address of an engine to use instead of the discovered one. */
  engineAddress?: string;
}

/**
 * Runs an experiment to its result, which is on disk when this settles. A cancel keeps the finished rounds and settles with a
 * result whose status says so. Throws when it could not begin; nothing is left running either way.
 */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<Result> {
  const { laboratory, signal, onEvent } = options;
  const { clock } = laboratory;
  const runId = newRunId(clock);
  let outcome: { status: Result['status']; resultId: string | null; text: string } = {
    status: 'failed',
    resultId: null,
    text: 'it could not begin',
  };
  try {
    const application = await loadApplication(laboratory.applicationsDirectory, experiment.application);
    checkExperiment(experiment, application);
    await checkQuestions(experiment, application, laboratory, signal);
    await checkChanges(experiment, application, laboratory, signal);
    const continued = options.continues === undefined ? null : continuationOf(options.continues);
    const { runtime, reason } = await laboratory.openRuntime(experiment.runtime, {
      explicitEngine: options.engineAddress,
      session: runId,
    });
    try {
      const result = await new Run(experiment, application, runtime, reason, runId, options, continued).run();
      outcome = { status: result.status, resultId: result.id, text: result.reason ?? 'finished' };
      return result;
    } finally {
      const closed = await closeOrTell(runtime, options);
      if (closed && signal.aborted) {
        const text = 'Everything that was created has been removed; finished rounds are kept';
        onEvent({ atMs: laboratory.clock.nowMs(), type: 'cancelling', text });
      }
    }
  } catch (error) {
    outcome = { ...outcome, status: signal.aborted ? 'cancelled' : 'failed', text: inFull(error) };
    throw error;
  } finally {
    onEvent({
      atMs: clock.nowMs(),
      type: 'run-ended',
      outcome: outcome.status,
      resultId: outcome.resultId,
      text: outcome.text,
    });
  }
}

/** Closes the runtime; what it could not remove is told, and is no reason to lose a result. Whether nothing is left. */
async function closeOrTell(runtime: Runtime, { laboratory, onEvent }: RunOptions): Promise<boolean> {
  try {
    await runtime.close();
    return true;
  } catch (error) {
    const text = `${inFull(error).replace(/\.$/, '')}; what is left is removed at the next start, or by "cleave clean" once the engine answers`;
    onEvent({ atMs: laboratory.clock.nowMs(), type: 'message', level: 'error', text });
    return false;
  }
}

function newRunId(clock: Clock): string {
  return `${isoNow(clock).slice(0, 19).replaceAll(/[:T]/g, '-')}-${randomUUID().slice(0, 8)}`;
}

/** Where it was measured in several goes, when each began and with which block. */
function sittingsOf(continued: Continuation | null, startedAt: string): Result['sittings'] {
  return continued === null ? [] : [...continued.sittings, { startedAt, fromBlock: continued.blocks }];
}

function isoNow(clock: Clock): string {
  return new Date(clock.nowMs()).toISOString();
}

class Run {
  readonly #experiment: Experiment;
  readonly #application: Application;
  readonly #runtime: Runtime;
  readonly #runtimeReason: string;
  readonly #runId: string;
  readonly #options: RunOptions;
  readonly #continued: Continuation | null;
  readonly #steps: Steps;
  readonly #startedAt: string;
  /** By the monotonic clock. */
  readonly #startedAtMs: number;

  constructor(
    experiment: Experiment,
    application: Application,
    runtime: Runtime,
    runtimeReason: string,
    runId: string,
    options: RunOptions,
    continued: Continuation | null,
  ) {
    this.#experiment = experiment;
    this.#application = application;
    this.#runtime = runtime;
    this.#runtimeReason = runtimeReason;
    this.#runId = runId;
    this.#options = options;
    this.#continued = continued;
    this.#steps = new Steps(options.laboratory.clock, options.onEvent, options.signal);
    this.#startedAt = isoNow(options.laboratory.clock);
    this.#startedAtMs = options.laboratory.clock.monotonicMs();
  }

  async run(): Promise<Result> {
    const { laboratory, signal, onEvent } = this.#options;
    const { clock, machine: host } = laboratory;
    const experiment = this.#experiment;
    const run = { session: this.#runId, run: this.#runId };
    const order = interleavedOrder(
      experiment.variants.map((variant) => variant.name),
      experiment.blocks,
      deriveSeed(experiment.seed, 'order'),
      { replica: experiment.noiseFloor },
    );
    const from = this.#continued?.blocks ?? 0;
    const left = { ...experiment, blocks: experiment.blocks - from };
    const estimate = await learnedEstimate(left, laboratory, this.#runtime.kind);
    onEvent({
      atMs: clock.nowMs(),
      type: 'run-started',
      runId: this.#runId,
      experiment,
      runtime: this.#runtime.kind,
      rounds: order.slice(from).flat().length,
      estimateMs: expectedMs(estimate),
      estimate,
    });
    const swept = await this.#steps.run('Remove what dead runs left', () => this.#runtime.sweep({ signal }));
    if (swept.removed.length > 0) this.#tell('info', `removed ${swept.removed.length} things that a dead run had left`);
    for (const problem of swept.failed) this.#tell('warning', problem);
    const { machine, side } = await shareForBlocks(this.#runtime, experiment, signal);
    checkGround(experiment, this.#runtime.capabilities, machine);
    const sourceHash = await hashSources(laboratory.applicationsDirectory, this.#application);
    const environment = await this.#steps.run('Look at the machine and the engine', () =>
      describeEnvironment({
        laboratory,
        runtime: this.#runtime,
        runtimeReason: this.#runtimeReason,
        machine,
        sourceHash,
        signal,
      }),
    );
    onEvent({ atMs: clock.nowMs(), type: 'environment', environment });
    if (this.#options.continues !== undefined) assertSameGround(this.#options.continues.environment, environment);
    const gate = await this.#steps.run('Check that the comparison is fair', () =>
      runGate({
        ...{ experiment, application: this.#application, environment, clock, machine: host, signal, onEvent },
        ...{ turns: side.words, memoryBytes: machine.memoryBytes },
      }),
    );
    const sittings = sittingsOf(this.#continued, this.#startedAt);
    const journal = await openJournal(laboratory.dataDirectory, {
      id: this.#runId,
      title: experiment.title,
      startedAt: sittings[0]?.startedAt ?? this.#startedAt,
      sittings,
      experiment,
      application: this.#application,
      environment,
      gate: gate.checks,
      order: order.map((block) => block.map((slot) => slot.variant)),
    });
    const { rounds, repeats, looks: before } = await this.#keptIn(journal);
    const looks = new Looks({
      ...{ experiment, application: this.#application, order, rounds, clock, onEvent, before },
      keepLook: (look) => journal.appendLook(look),
    });
    let failure: string | null = null;
    try {
      const artifacts = await this.#steps.run('Build the units', () => this.#build(run));
      const floorMs = await this.#steps.run('Measure the floor under deployments', () =>
        this.#runtime.measureFloor(run, signal),
      );
      await measureBlocks({
        ...{ experiment, application: this.#application, order, rounds, signal },
        from,
        quiet: gate.quiet,
        inTurns: side.inTurns,
        contextOf: this.#roundContext(artifacts, {
          ...{ run, machine, floorMs, gate },
          keepWindow: (roundId, window) => journal.appendWindow(roundId, window),
        }),
        keep: (round) => {
          rounds.push(round);
          return journal.append(round);
        },
        keepRepeat: (repeat) => {
          repeats.push(repeat);
          return journal.appendRepeat(repeat);
        },
        tell: (level, text) => this.#tell(level, text),
        afterBlock: () => looks.afterBlock(),
        ...{ clock, startedAtMs: this.#startedAtMs },
      });
    } catch (error) {
      failure = inFull(error);
    }
    const blocks = orderThatRan(experiment, order, rounds).map((block) => block.map((slot) => slot.variant));
    const taken = looksAtTheEnd(experiment.looks, looks.taken, finishedBlocks(experiment, rounds));
    const status = signal.aborted ? 'cancelled' : failure === null ? 'completed' : 'failed';
    const result: Result = {
      schema: 'cleave/result',
      version: 2,
      rules: 2,
      id: this.#runId,
      title: experiment.title,
      tags: [],
      status,
      reason: signal.aborted ? 'cancelled by the user' : failure,
      startedAt: sittings[0]?.startedAt ?? this.#startedAt,
      // A wall clock that was set meanwhile would make the run longer or shorter than it was.
      endedAt: new Date(Date.parse(this.#startedAt) + clock.monotonicMs() - this.#startedAtMs).toISOString(),
      experiment,
      application: this.#application,
      environment,
      gate: gateOverTheRun(gate.checks, rounds),
      order: blocks,
      looks: taken,
      repeats,
      sittings,
      rounds,
      findings: computeFindings({
        experiment,
        application: this.#application,
        rounds,
        order: blocks,
        looks: taken,
      }),
    };
    await finishOrKeepJournal(journal, result);
    return result;
  }

  /** What this run goes on from, which the journal keeps first; nothing where it begins anew. */
  async #keptIn(journal: Journal): Promise<{ rounds: Round[]; repeats: Repeat[]; looks: readonly Look[] }> {
    const continued = this.#continued;
    if (continued === null) return { rounds: [], repeats: [], looks: [] };
    const { rounds, repeats, looks, blocks } = continued;
    for (const round of rounds) await journal.append(round);
    for (const repeat of repeats) await journal.appendRepeat(repeat);
    for (const look of looks) await journal.appendLook(look);
    this.#tell('info', `goes on after block ${blocks}, which was measured before`);
    return { rounds: [...rounds], repeats: [...repeats], looks };
  }

  /** Builds every variant afresh, to time cold builds, one variant after another so that they do not slow each other. */
  async #build(run: { session: string; run: string }): Promise<Map<string, Map<string, Artifact>>> {
    const { laboratory, signal, onEvent } = this.#options;
    const artifacts = new Map<string, Map<string, Artifact>>();
    for (const variant of this.#experiment.variants) {
      const { topology, settings } = variant;
      const common = {
        laboratory,
        runtime: this.#runtime,
        application: this.#application,
        topology,
        store: settings.store,
        variant: variant.name,
        run,
        signal,
        onEvent,
      };
      artifacts.set(variant.name, await buildArtifacts({ ...common, fresh: true }));
    }
    return artifacts;
  }

  /** How one place of a block is measured. */
  #roundContext(
    artifacts: Map<string, Map<string, Artifact>>,
    shared: { run: { session: string; run: string }; machine: MachineShare; floorMs: number; gate: Gate } & Pick<
      RoundContext,
      'keepWindow'
    >,
  ): (block: number, variant: string) => Omit<RoundContext, 'seat'> {
    const { laboratory, signal, onEvent } = this.#options;
    const experiment = this.#experiment;
    return (block, variant) => ({
      experiment,
      steps: this.#steps,
      signal,
      onEvent,
      keepWindow: shared.keepWindow,
      onObserved: (place, observed) => shared.gate.note(place, observed),
      deployOptions: {
        laboratory,
        runtime: this.#runtime,
        application: this.#application,
        artifacts: artifacts.get(variant) ?? new Map(),
        run: shared.run,
        ...shared.machine,
        dataSeed: deriveSeed(experiment.seed, 'block', block, 'data'),
        floorMs: shared.floorMs,
      },
    });
  }

  #tell(level: 'info' | 'warning', text: string): void {
    const { laboratory, onEvent } = this.#options;
    onEvent({ atMs: laboratory.clock.nowMs(), type: 'message', level, text });
  }
}
