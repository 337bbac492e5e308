import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/index.ts';
import {
  buildArtifacts,
  hashSources,
  loadApplication,
  memoryOfUnits,
  shareMachine,
  type Laboratory,
  type MachineShare,
} from '../deploy/index.ts';
import { computeFindings } from '../evaluation/index.ts';
import {
  deriveSeed,
  estimateDurationMs,
  type Application,
  type Experiment,
  type LabEvent,
  type Result,
  type Round,
  type Variant,
} from '../model/index.ts';
import { inFull, type Artifact, type Runtime } from '../runtime/index.ts';
import { openJournal } from '../storage/index.ts';
import { checkExperiment } from './check.ts';
import { describeEnvironment } from './environment.ts';
import { quietOverTheRun } from './gate/index.ts';
import { assertAllRun } from './hopeless.ts';
import { interleavedOrder } from './order.ts';
import { runRound, type RoundContext } from './round.ts';
import { runGate, type Gate } from './run-gate.ts';
import { Steps } from './steps.ts';
import { finishOrKeepJournal } from './unstored.ts';

/** Of all rounds at most this share is repeated. */
const repeatedShare = 1 / 8;

export interface RunOptions {
  laboratory: Laboratory;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
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
    const { runtime, reason } = await laboratory.openRuntime(experiment.runtime, {
      explicitEngine: options.engineAddress,
      session: runId,
    });
    try {
      const result = await new Run(experiment, application, runtime, reason, runId, options).run();
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
  readonly #steps: Steps;
  readonly #startedAt: string;

  constructor(
    experiment: Experiment,
    application: Application,
    runtime: Runtime,
    runtimeReason: string,
    runId: string,
    options: RunOptions,
  ) {
    this.#experiment = experiment;
    this.#application = application;
    this.#runtime = runtime;
    this.#runtimeReason = runtimeReason;
    this.#runId = runId;
    this.#options = options;
    this.#steps = new Steps(options.laboratory.clock, options.onEvent, options.signal);
    this.#startedAt = isoNow(options.laboratory.clock);
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
    onEvent({
      atMs: clock.nowMs(),
      type: 'run-started',
      runId: this.#runId,
      experiment,
      runtime: this.#runtime.kind,
      rounds: order.flat().length,
      estimateMs: estimateDurationMs(experiment),
    });
    const swept = await this.#steps.run('Remove what dead runs left', () => this.#runtime.sweep({ signal }));
    if (swept.removed.length > 0) this.#tell('info', `removed ${swept.removed.length} things that a dead run had left`);
    for (const problem of swept.failed) this.#tell('warning', problem);
    const machine = await shareMachine(this.#runtime, experiment.resources, signal);
    for (const { topology } of experiment.variants) memoryOfUnits(topology, machine.memoryBytes);
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
    const gate = await this.#steps.run('Check that the comparison is fair', () =>
      runGate({ experiment, application: this.#application, environment, clock, machine: host, signal, onEvent }),
    );
    const journal = await openJournal(laboratory.dataDirectory, {
      id: this.#runId,
      title: experiment.title,
      startedAt: this.#startedAt,
      experiment,
      application: this.#application,
      environment,
      gate: gate.checks,
      order: order.map((block) => block.map((slot) => slot.variant)),
    });
    const rounds: Round[] = [];
    let failure: string | null = null;
    try {
      const artifacts = await this.#steps.run('Build the units', () => this.#build(run));
      const floorMs = await this.#steps.run('Measure the floor under deployments', () =>
        this.#runtime.measureFloor(run, signal),
      );
      await this.#measure(order, artifacts, { run, machine, floorMs, gate, rounds }, async (round) => {
        rounds.push(round);
        await journal.append(round);
      });
    } catch (error) {
      failure = inFull(error);
    }
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
      startedAt: this.#startedAt,
      endedAt: isoNow(clock),
      experiment,
      application: this.#application,
      environment,
      gate: quietOverTheRun(gate.checks, rounds),
      order: order.map((block) => block.map((slot) => slot.variant)),
      looks: [],
      repeats: [],
      rounds,
      findings: computeFindings({
        experiment,
        application: this.#application,
        rounds,
        order: order.map((block) => block.map((slot) => slot.variant)),
      }),
    };
    await finishOrKeepJournal(journal, result);
    return result;
  }

  /** Builds every variant afresh, to time cold builds, one variant after another so that they do not slow each other. */
  async #build(run: { session: string; run: string }): Promise<Map<string, Map<string, Artifact>>> {
    const { laboratory, signal, onEvent } = this.#options;
    const artifacts = new Map<string, Map<string, Artifact>>();
    for (const variant of this.#experiment.variants) {
      const { topology } = variant;
      const common = {
        laboratory,
        runtime: this.#runtime,
        application: this.#application,
        topology,
        variant: variant.name,
        run,
        signal,
        onEvent,
      };
      artifacts.set(variant.name, await buildArtifacts({ ...common, fresh: true }));
    }
    return artifacts;
  }

  async #measure(
    order: ReturnType<typeof interleavedOrder>,
    artifacts: Map<string, Map<string, Artifact>>,
    shared: {
      run: { session: string; run: string };
      machine: MachineShare;
      floorMs: number;
      gate: Gate;
      rounds: readonly Round[];
    },
    keep: (round: Round) => Promise<void>,
  ): Promise<void> {
    const { laboratory, signal, onEvent } = this.#options;
    const experiment = this.#experiment;
    // On a machine that never gets quiet every round would be repeated, and the whole take twice as long for nothing.
    let repeatsLeft = Math.ceil(order.flat().length * repeatedShare) * experiment.maxRepeats;
    let becomesQuiet = shared.gate.quiet;
    if (!becomesQuiet)
      this.#tell('warning', 'this machine is not quiet: disturbed rounds are marked and used, not repeated');
    for (const [block, slots] of order.entries()) {
      for (const [position, slot] of slots.entries()) {
        const variant = this.#variant(slot.variant);
        const context: RoundContext = {
          experiment,
          steps: this.#steps,
          signal,
          onEvent,
          onIdentities: (name, identities) => shared.gate.note(block, name, identities),
          deployOptions: {
            laboratory,
            runtime: this.#runtime,
            application: this.#application,
            artifacts: artifacts.get(variant.name) ?? new Map(),
            run: shared.run,
            ...shared.machine,
            dataSeed: deriveSeed(experiment.seed, 'block', block, 'data'),
            floorMs: shared.floorMs,
          },
        };
        for (let attempt = 1; ; attempt += 1) {
          signal.throwIfAborted();
          const plan = {
            block,
            position,
            variant,
            replica: slot.replica,
            attempt,
            seed: deriveSeed(experiment.seed, 'block', block),
          };
          const round = await runRound(plan, context);
          await keep(round);
          signal.throwIfAborted();
          if (round.status === 'completed') break;
          const disturbed = round.status === 'disturbed';
          if (disturbed && attempt > 1) becomesQuiet = false;
          const again = attempt <= experiment.maxRepeats && repeatsLeft > 0 && (!disturbed || becomesQuiet);
          const next = again
            ? 'measured again'
            : disturbed
              ? 'used, and marked as disturbed'
              : 'not measured again, no repeat is left';
          this.#tell('warning', `${variant.name}, block ${block + 1}: ${next}`);
          if (!again) break;
          repeatsLeft -= 1;
        }
      }
      assertAllRun(experiment.variants, shared.rounds);
    }
  }

  #variant(name: string): Variant {
    const variant = this.#experiment.variants.find((candidate) => candidate.name === name);
    if (variant === undefined) throw new Error(`unknown variant "${name}"`);
    return variant;
  }

  #tell(level: 'info' | 'warning', text: string): void {
    const { laboratory, onEvent } = this.#options;
    onEvent({ atMs: laboratory.clock.nowMs(), type: 'message', level, text });
  }
}
