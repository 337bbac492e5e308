import { databasesOf, type Application, type LabEvent, type Settings, type Topology } from '../model/index.ts';
import type { Artifact, RunIdentity, Runtime } from '../runtime/index.ts';
import type { BundledUnit } from './bundle.ts';
import { firstFailureWins } from './first-failure.ts';
import type { Laboratory } from './laboratory.ts';

export interface BuildOptions {
  laboratory: Laboratory;
  runtime: Runtime;
  application: Application;
  topology: Topology;
  /** What holds the data; SQLite where it is left out. */
  store?: Settings['store'];
  variant: string;
  run: RunIdentity;
  /** Build even what is already there, to time a cold build. */
  fresh: boolean;
  signal?: AbortSignal;
  onEvent: (event: LabEvent) => void;
}

/** Bundles and builds every unit of a topology, side by side. Returns the artifacts by unit name; nothing is being built any more when it throws. */
export async function buildArtifacts(options: BuildOptions): Promise<Map<string, Artifact>> {
  const { laboratory, runtime, application, topology, variant, run, fresh, signal, onEvent } = options;
  const failure = new AbortController();
  const stop = signal === undefined ? failure.signal : AbortSignal.any([signal, failure.signal]);
  const atMs = laboratory.clock.nowMs();
  for (const unit of topology.units)
    onEvent({ atMs, type: 'unit-state', variant, unit: unit.name, state: 'building', detail: null });
  const sources = await laboratory.bundle(application, topology.units, { target: runtime.target, signal: stop });
  stop.throwIfAborted();
  const { store = 'sqlite' } = options;
  const servers = databasesOf({ topology, settings: { store } });
  const onProgress = (text: string): void =>
    onEvent({ atMs: laboratory.clock.nowMs(), type: 'message', level: 'info', text });
  // The same for every variant, and never made anew to be timed: nothing of the application is in it.
  if (servers.length > 0) await runtime.buildDatabase({ run, signal: stop, onProgress });
  const built = await firstFailureWins(
    [...sources.values()].map((source) => runtime.build(source, { fresh, run, signal: stop })),
    failure,
  );
  const artifacts = new Map(built.map((artifact) => [artifact.unit, artifact]));
  programs.set(artifacts, sources);
  return artifacts;
}

const programs = new WeakMap<ReadonlyMap<string, Artifact>, ReadonlyMap<string, BundledUnit>>();

/** The programs that `buildArtifacts` made these of; undefined where they are made of something else. */
export function programsIn(artifacts: ReadonlyMap<string, Artifact>): ReadonlyMap<string, BundledUnit> | undefined {
  return programs.get(artifacts);
}
