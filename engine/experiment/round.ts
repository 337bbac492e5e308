import { randomUUID } from 'node:crypto';
import { deploy, prepare, type Deployment, type DeployOptions, type Prepared } from '../deploy/index.ts';
import {
  changedUnits,
  disturbancesOf,
  nothingMeasured,
  restrictTo,
  whyUnbelievable,
  type Experiment,
  type LabEvent,
  type LoadWindow,
  type ObservedUnit,
  type Part,
  type Round,
  type Variant,
} from '../model/index.ts';
import { probeRuns, type ProbeContext, type ProbeRun, type RoundTurns } from '../probes/index.ts';
import { closeAfterwards, inFull, orVanished } from '../runtime/index.ts';
import { endsTheRun } from './hopeless.ts';
import type { DeploymentPlace } from './run-gate.ts';
import type { Steps } from './steps.ts';
import type { Turns } from './turns.ts';

export interface RoundPlan {
  block: number;
  position: number;
  variant: Variant;
  replica: boolean;
  attempt: number;
  /** The same for every variant of the block. */
  seed: number;
  /** The parts that are measured, the others having been measured before or not being asked of a second copy; null: all. */
  only: Part[] | null;
}

/** A place among the rounds of a block that are measured in turn. */
export interface Seat {
  turns: Turns;
  place: number;
  /** Resolves once the one before is deployed, while it is warmed up: then networks and agent of this one disturb nobody. Null: there is none before. */
  mayPrepare: Promise<void> | null;
  /** Told once this one is deployed. */
  onDeployed: () => void;
}

export interface RoundContext {
  experiment: Experiment;
  deployOptions: Omit<DeployOptions, 'variant' | 'signal' | 'onEvent'>;
  steps: Steps;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
  /** Its place among the rounds of a block that are measured in turn; null: it is measured alone. */
  seat: Seat | null;
  keepWindow: (roundId: string, window: LoadWindow) => Promise<void>;
  /** Told once a deployment runs, what its units show. */
  onObserved: (place: DeploymentPlace, observed: readonly ObservedUnit[]) => void;
}

/**
 * One fresh deployment of one variant, measured and taken down again, in turn with others where it has a seat among them. What goes wrong is told in the round's status, except
 * for a cancel, which rejects once everything is removed.
 */
export async function runRound(plan: RoundPlan, context: RoundContext): Promise<Round> {
  const ahead = prepareAhead(plan, context);
  try {
    await context.seat?.turns.take(context.seat.place);
    return await runInTurn(plan, context, ahead);
  } finally {
    // Nothing is left to do but where it never came to a deployment, or where that would not go.
    await ahead?.then(({ close }) => close()).catch(() => undefined);
  }
}

/** What the deployment needs first, made while the one before is warmed up; null where nobody is before it. */
function prepareAhead(plan: RoundPlan, { seat, deployOptions, signal }: RoundContext): Promise<Prepared> | null {
  if (seat === null || seat.mayPrepare === null) return null;
  const ahead = seat.mayPrepare.then(() => {
    signal.throwIfAborted();
    return prepare({ ...deployOptions, variant: plan.variant, signal });
  });
  // Whoever deploys it learns why it failed.
  ahead.catch(() => undefined);
  return ahead;
}

async function runInTurn(plan: RoundPlan, context: RoundContext, ahead: Promise<Prepared> | null): Promise<Round> {
  const { steps, onEvent } = context;
  const { clock } = context.deployOptions.laboratory;
  const roundId = randomUUID();
  const startedAtMs = clock.nowMs();
  const from = clock.monotonicMs();
  // Where files have them.
  const { higher, windows, ...measured } = nothingMeasured();
  const round: Round = {
    id: roundId,
    block: plan.block,
    position: plan.position,
    variant: plan.variant.name,
    replica: plan.replica,
    attempt: plan.attempt,
    status: 'failed',
    reasons: [],
    startedAtMs,
    durationMs: 0,
    seed: plan.seed,
    ...measured,
    quietness: null,
    higher,
    lines: {},
    windows,
    clocks: [],
    observed: [],
    changed: [],
    only: plan.only,
    generators: {},
  };
  onEvent({
    atMs: startedAtMs,
    type: 'round-started',
    roundId,
    block: plan.block,
    position: plan.position,
    variant: plan.variant.name,
    replica: plan.replica,
    attempt: plan.attempt,
  });
  const title = `${plan.variant.name}${plan.replica ? ' (again, for the noise floor)' : ''}, block ${plan.block + 1}`;
  try {
    await steps.run(title, (parentId) => measureRound(round, plan, { ...context, ahead }, { parentId, roundId }), {
      roundId,
    });
    round.status = judge(round);
  } catch (error) {
    if (context.signal.aborted) {
      round.status = 'cancelled';
      round.reasons.push('cancelled');
    } else if (endsTheRun(error)) {
      throw error;
    } else {
      round.reasons.push(inFull(error));
    }
  }
  round.durationMs = clock.monotonicMs() - from;
  onEvent({ atMs: clock.nowMs(), type: 'round-ended', round });
  return round;
}

async function measureRound(
  round: Round,
  plan: RoundPlan,
  context: RoundContext & { ahead: Promise<Prepared> | null },
  place: { parentId: string; roundId: string },
): Promise<void> {
  const { steps, onEvent } = context;
  const experiment = restrictTo(context.experiment, plan.only);
  const step = <T>(title: string, work: () => Promise<T>) => steps.run(title, work, place);
  const running = await step('Deploy', () =>
    deploy(
      { ...context.deployOptions, variant: plan.variant, signal: context.signal, onEvent },
      context.ahead ?? undefined,
    ),
  );
  context.seat?.onDeployed();
  const signal = AbortSignal.any([context.signal, running.site.vanished]);
  round.deployment = running.measurement;
  const measure = async () => {
    round.observed = await running.observe(signal);
    context.onObserved(round, round.observed);
    const { laboratory } = context.deployOptions;
    const probe: ProbeContext = {
      machine: laboratory.machine,
      deployment: running,
      experiment,
      roundId: place.roundId,
      seed: plan.seed,
      signal,
      onEvent,
      ledger: [],
      generators: round.generators,
      lines: round.lines,
    };
    const cpus = context.deployOptions.cpus?.application.length ?? null;
    const turns = turnsOf(running, context, place.roundId, signal);
    const { memoryBytes } = context.deployOptions;
    const run: ProbeRun = { context: probe, laboratory, round, step, cpus, memoryBytes, turns, idle: null };
    for (const measureProbe of Object.values(probeRuns)) await measureProbe(run);
    await running.measureEngineClock(signal);
    round.changed = changedUnits(round.observed, await running.look(signal));
  };
  await closeAfterwards(
    () => orVanished(running.site, measure),
    () =>
      steps.runAnyway(
        'Take it down',
        async () => {
          round.deployment = { ...running.measurement, teardownMs: await running.close() };
          round.clocks = [...running.clocks];
        },
        place,
      ),
    endsTheRun,
  );
}

/** Parks the deployment whenever its turn is over. */
function turnsOf(
  running: Deployment,
  { seat, keepWindow }: RoundContext,
  roundId: string,
  signal: AbortSignal,
): RoundTurns | null {
  if (seat === null) return null;
  const { clock } = running;
  let parkedAtMs = clock.monotonicMs();
  return {
    pass: async () => {
      parkedAtMs = clock.monotonicMs();
      // Who goes on at once need not stand still.
      if (!seat.turns.isNext(seat.place)) await running.park(signal);
      seat.turns.pass(seat.place);
    },
    next: async () => {
      const index = await seat.turns.take(seat.place);
      await running.unpark(signal);
      return { index, parkedMs: clock.monotonicMs() - parkedAtMs };
    },
    keep: (window) => keepWindow(roundId, window),
  };
}

function judge(round: Round): Round['status'] {
  const unbelievable = whyUnbelievable(round);
  const generator = round.latency?.generator;
  const invalid = unbelievable.length > 0 ? unbelievable : generator?.valid === false ? generator.reasons : [];
  const disturbances = disturbancesOf(round);
  // What the machine did is said of a round that is invalid too: it may be why.
  round.reasons.push(...invalid, ...disturbances);
  if (unbelievable.length > 0 || generator?.valid === false) return 'invalid';
  return disturbances.length > 0 ? 'disturbed' : 'completed';
}
