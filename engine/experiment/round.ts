import { randomUUID } from 'node:crypto';
import { deploy, type DeployOptions } from '../deploy/index.ts';
import {
  measures,
  restrictTo,
  type Experiment,
  type LabEvent,
  type ObservedUnit,
  type Part,
  type Round,
  type Variant,
} from '../model/index.ts';
import { measureCapacity } from '../probes/capacity/index.ts';
import { measureConsistency } from '../probes/consistency/index.ts';
import { measureHops } from '../probes/hops/index.ts';
import type { ProbeContext } from '../probes/index.ts';
import { measureIsolation } from '../probes/isolation/index.ts';
import { measureHigherRate, measureLatency } from '../probes/latency/index.ts';
import { measureIdle, resourcesDuring } from '../probes/resources/index.ts';
import { measureStorm } from '../probes/storm/index.ts';
import { warmUp } from '../probes/warm-up/index.ts';
import { closeAfterwards, inFull, orVanished } from '../runtime/index.ts';
import { endsTheRun } from './hopeless.ts';
import { impossibleTimes } from './impossible-times.ts';
import type { Steps } from './steps.ts';

export interface RoundPlan {
  block: number;
  position: number;
  variant: Variant;
  replica: boolean;
  attempt: number;
  /** The same for every variant of the block. */
  seed: number;
  /** The parts that are measured, the others having been measured before; null: all. */
  only: Part[] | null;
}

export interface RoundContext {
  experiment: Experiment;
  deployOptions: Omit<DeployOptions, 'variant' | 'signal' | 'onEvent'>;
  steps: Steps;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
  /** Told once a deployment runs, what its units show. */
  onObserved: (variant: string, observed: readonly ObservedUnit[]) => void;
}

/**
 * One fresh deployment of one variant, measured and taken down again. What goes wrong is told in the round's status, except
 * for a cancel, which rejects once everything is removed.
 */
export async function runRound(plan: RoundPlan, context: RoundContext): Promise<Round> {
  const { steps, onEvent } = context;
  const { clock } = context.deployOptions.laboratory;
  const roundId = randomUUID();
  const startedAtMs = clock.nowMs();
  const from = clock.monotonicMs();
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
    deployment: null,
    warmUp: null,
    latency: null,
    resources: null,
    isolation: [],
    capacity: null,
    hops: null,
    consistency: null,
    quietness: null,
    higher: null,
    lines: {},
    windows: [],
    clocks: [],
    observed: [],
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
    await steps.run(title, (parentId) => measureRound(round, plan, context, { parentId, roundId }), { roundId });
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
  context: RoundContext,
  place: { parentId: string; roundId: string },
): Promise<void> {
  const { steps, onEvent } = context;
  const experiment = restrictTo(context.experiment, plan.only);
  const { probes } = experiment;
  const step = <T>(title: string, work: () => Promise<T>) => steps.run(title, work, place);
  const running = await step('Deploy', () =>
    deploy({ ...context.deployOptions, variant: plan.variant, signal: context.signal, onEvent }),
  );
  const signal = AbortSignal.any([context.signal, running.site.vanished]);
  round.deployment = running.measurement;
  const measure = async () => {
    round.observed = await running.observe(signal);
    context.onObserved(plan.variant.name, round.observed);
    const { machine } = context.deployOptions.laboratory;
    const probe: ProbeContext = {
      machine,
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
    const idle = probes.resources === null ? null : await step('Watch it idle', () => measureIdle(probe));
    round.warmUp = await step('Warm up', () => warmUp(probe));
    if (measures(plan.only, 'latency'))
      round.latency = await step('Measure response times', async () => {
        const quietness = await machine.watchQuietness();
        let ownCpuSeconds: number | null = null;
        try {
          const { value: latency, ...used } = await resourcesDuring(running, () => measureLatency(probe));
          ownCpuSeconds = used.units.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, latency.generator.cpuSeconds);
          if (idle !== null) {
            const goodRequests = Object.values(latency.endpoints).reduce((sum, endpoint) => sum + endpoint.good, 0);
            round.resources = { ...idle, ...used, goodRequests };
          }
          return latency;
        } finally {
          round.quietness = await quietness.stop({ ownCpuSeconds });
        }
      });
    if ((probes.latency.higher ?? null) !== null)
      round.higher = await step('Measure at a higher rate', () => measureHigherRate(probe));
    if (probes.hops !== null) round.hops = await step('Follow requests through the modules', () => measureHops(probe));
    if (probes.isolation !== null) round.isolation = await step('Break it and watch', () => measureIsolation(probe));
    if ((probes.storm ?? null) !== null) {
      const cpus = context.deployOptions.cpus?.application.length ?? null;
      round.storm = await step('Raise a storm', () => measureStorm(probe, cpus));
    }
    if (probes.consistency !== null)
      round.consistency = await step('Check the books', () => measureConsistency(probe, probe.ledger));
    if (probes.capacity !== null) {
      round.capacity = await step('Find the capacity', () =>
        measureCapacity(probe, context.deployOptions.cpus?.application.length ?? null),
      );
    }
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

function judge(round: Round): Round['status'] {
  const impossible = impossibleTimes(round);
  if (impossible.length > 0) {
    round.reasons.push(...impossible);
    return 'invalid';
  }
  if (round.latency !== null && !round.latency.generator.valid) {
    round.reasons.push(...round.latency.generator.reasons);
    return 'invalid';
  }
  const disturbances = [...(round.latency?.generator.disturbances ?? []), ...(round.quietness?.reasons ?? [])];
  round.reasons.push(...disturbances);
  return disturbances.length > 0 ? 'disturbed' : 'completed';
}
