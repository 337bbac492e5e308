import type { LoadHandle } from '../agent/index.ts';
import type { Deployment } from '../deploy/index.ts';
import type { Machine } from '../machine/index.ts';
import { askedFor, deriveSeed, endpointMethods } from '../model/index.ts';
import type {
  Application,
  Experiment,
  GeneratorHealth,
  LabEvent,
  LedgerEntry,
  LineSlice,
  LoadMeasurement,
  LoadPlan,
} from '../model/index.ts';
import { lineSlice, summarizeSlice } from './slice.ts';

/** What every probe gets: a running deployment and the round it belongs to. */
export interface ProbeContext {
  machine: Machine;
  deployment: Deployment;
  experiment: Experiment;
  roundId: string;
  /** Seed of the round: the same for every variant of a block. */
  seed: number;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
  /** What clients were told about their orders, over all loads of the round. */
  ledger: LedgerEntry[];
  /** The generator's check of itself in every load of the round, by phase. */
  generators: Record<string, GeneratorHealth>;
  /** Slices of the loads that findings are derived from, by phase; kept with the round. */
  lines: Record<string, LineSlice[]>;
}

export interface LoadRequest {
  /** Shown while it runs, and part of the seed, so that two loads of one round differ and two variants' do not. */
  phase: string;
  durationMs: number;
  /** Instead of the application's own. */
  journeys?: Application['journeys'];
  journeysPerSecond?: number;
  /** Rates one after another instead of one rate; `durationMs` is then their sum. */
  stages?: LoadPlan['stages'];
  sliceMs?: number;
  /** Instead of the experiment's. */
  arrivals?: LoadPlan['arrivals'];
  traceShare?: number;
  onSlice?: (slice: LineSlice) => void;
  /** Set for a part of a load that is cut into windows. `pair`: part of the seed, the same in every variant; `index`: place among the block's turns. */
  window?: { pair: number; index: number | null };
}

/** Starts the workload against the deployment's entry. */
export function startLoad(context: ProbeContext, request: LoadRequest): LoadHandle {
  const { deployment, experiment } = context;
  const plan: LoadPlan = {
    baseUrl: deployment.entryUrl,
    journeys: request.journeys ?? deployment.application.journeys,
    methods: endpointMethods(deployment.application),
    stages: request.stages ?? [
      {
        journeysPerSecond: request.journeysPerSecond ?? experiment.load.journeysPerSecond,
        durationMs: request.durationMs,
      },
    ],
    arrivals: request.arrivals ?? experiment.load.arrivals,
    seed: deriveSeed(context.seed, request.phase, ...(request.window === undefined ? [] : [request.window.pair])),
    deadlineMs: experiment.load.deadlineMs,
    maxConnections: experiment.load.maxConnections,
    sliceMs: request.sliceMs ?? 1000,
    traceShare: request.traceShare ?? 0,
    ledger: askedFor(experiment.probes).some(({ probe }) => probe.needsLedger),
    identitySalt: request.window === undefined ? request.phase : `${request.phase} ${request.window.pair}`,
  };
  const handle = deployment.agent.startLoad(plan, {
    signal: context.signal,
    onSlice: (sent) => {
      const slice = lineSlice(sent);
      context.onEvent({
        atMs: deployment.clock.nowMs(),
        type: 'load',
        roundId: context.roundId,
        variant: deployment.variant.name,
        phase: request.phase,
        ...(typeof request.window?.index === 'number' ? { window: request.window.index } : {}),
        slice: summarizeSlice(slice),
      });
      request.onSlice?.(slice);
    },
  });
  const done = handle.done.then((measurement): LoadMeasurement => {
    context.ledger.push(...measurement.ledger);
    // The generator is judged over all windows together.
    if (request.window === undefined) context.generators[request.phase] = measurement.generator;
    // The round keeps one ledger over all its loads.
    return { ...measurement, ledger: [] };
  });
  return { done, stop: () => handle.stop() };
}
