import { randomBytes } from 'node:crypto';
import type { AgentClient } from '../agent/index.ts';
import type { Clock } from '../clock/index.ts';
import {
  own,
  type Application,
  type ClockOffset,
  type DeploymentMeasurement,
  type LabEvent,
  type ObservedUnit,
  type UnitState,
  type UnitTimeline,
  type Variant,
} from '../model/index.ts';
import { unitOf } from '../model/index.ts';
import { closeOnFailure, onceDone, orVanished } from '../runtime/index.ts';
import type {
  Artifact,
  CpuAssignment,
  RunIdentity,
  RunningUnit,
  Runtime,
  RuntimeCapabilities,
  Site,
  UnitEvent,
} from '../runtime/index.ts';
import { controlOf, type UnitControl } from './control.ts';
import { DeployError } from './deploy-error.ts';
import { firstFailureWins } from './first-failure.ts';
import { measureFirstRequests } from './first-requests.ts';
import type { Laboratory } from './laboratory.ts';
import { memoryOfUnits } from './machine.ts';
import { lookAtUnit, observeUnit, type GivenToUnit } from './observe.ts';
import { Parking } from './parking.ts';
import { prepare, type Prepared } from './prepare.ts';
import { untilReady } from './ready.ts';
import type { UnitConfiguration } from './unit-configuration.ts';

export interface DeployOptions {
  laboratory: Laboratory;
  runtime: Runtime;
  application: Application;
  variant: Variant;
  artifacts: ReadonlyMap<string, Artifact>;
  run: RunIdentity;
  cpus: CpuAssignment | null;
  /** Shared by all units, bytes. */
  memoryBytes: number;
  /** Seed of the application's data. */
  dataSeed: number;
  /** Wanted port of the entry on 127.0.0.1; undefined: any free one. */
  publishedPort?: number;
  floorMs: number | null;
  signal?: AbortSignal;
  onEvent: (event: LabEvent) => void;
}

/** A variant running on a runtime. */
export interface Deployment {
  /** The laboratory's, with instants that do not jump when the wall clock is set: those of agent, engine and units are given by it. */
  readonly clock: Clock;
  /** How far the other clocks are ahead of it, as measured so far. */
  readonly clocks: readonly ClockOffset[];
  readonly variant: Variant;
  readonly application: Application;
  readonly site: Site;
  readonly agent: AgentClient;
  readonly units: readonly RunningUnit[];
  /** What the runtime below can do. */
  readonly capabilities: RuntimeCapabilities;
  readonly measurement: DeploymentMeasurement;
  /** The entry as the agent reaches it. */
  readonly entryUrl: string;
  /** The entry as a browser on this machine reaches it. */
  readonly publishedUrl: string;
  unitHosting(module: string): RunningUnit;
  control(unit: string): UnitControl;
  /** Calls back for what happens to the units from now on; the returned function unsubscribes. */
  onUnitEvent(listener: (event: UnitEvent) => void): () => void;
  /**
   * Holds all units still, the entry first so that nothing new comes in. Nothing may be under way. Rejects where units cannot be paused. What it does is told to nobody as
   * something that happened to a unit.
   */
  park(signal?: AbortSignal): Promise<void>;
  /** Lets them run again, the entry last. Does nothing unless parked. */
  unpark(signal?: AbortSignal): Promise<void>;
  /** What every unit runs with, as the engine tells it and the unit itself. */
  observe(signal?: AbortSignal): Promise<ObservedUnit[]>;
  /** Measures the engine's clock once more, so that `clocks` tells how it ran in between. */
  measureEngineClock(signal?: AbortSignal): Promise<void>;
  /** The engine's part of that alone, which needs no unit to answer. */
  look(signal?: AbortSignal): Promise<ObservedUnit[]>;
  /** Removes everything. Returns how long that took, ms. Safe to call twice; after a failure the next call tries again. */
  close(): Promise<number>;
}

/**
 * Starts every unit of the variant side by side and waits until the entry gives its first good answer. Throws DeployError, leaving nothing behind. `ahead`: what was prepared for it
 * before, which is the deployment's from now on.
 */
export async function deploy(options: DeployOptions, ahead = prepare(options)): Promise<Deployment> {
  const prepared = await ahead;
  return closeOnFailure(() => orVanished(prepared.site, () => start(options, prepared)), prepared.close);
}

async function start(
  options: DeployOptions,
  { site, agent, clock, clocks, preparationMs, close }: Prepared,
): Promise<Deployment> {
  const { application, variant, onEvent } = options;
  const tokens = new Map(variant.topology.units.map((unit) => [unit.name, randomBytes(24).toString('hex')]));
  const shares = memoryOfUnits(variant.topology, options.memoryBytes);
  const tell = (unit: string, state: UnitState, detail: string | null = null) =>
    onEvent({ atMs: clock.nowMs(), type: 'unit-state', variant: variant.name, unit, state, detail });
  const failure = new AbortController();
  const ends = [failure.signal, site.vanished];
  const signal = AbortSignal.any(options.signal === undefined ? ends : [...ends, options.signal]);
  const startedAtMs = clock.nowMs();

  const started = variant.topology.units.map(
    async (unit): Promise<{ timeline: UnitTimeline; running: RunningUnit; given: GivenToUnit }> => {
      const artifact = options.artifacts.get(unit.name);
      if (artifact === undefined) throw new DeployError(`unit "${unit.name}" has not been built`);
      tell(unit.name, 'creating');
      const configuration = JSON.stringify(configurationOf(unit.name, unit.modules, options, site, tokens));
      const calledMs = clock.nowMs() - startedAtMs;
      const running = await site.startUnit(
        {
          unit,
          artifact,
          environment: { CLEAVE_UNIT: configuration },
          memoryBytes: own(shares, unit.name) ?? options.memoryBytes,
          published: unit.modules.includes(application.entry),
          publishedPort: options.publishedPort,
        },
        signal,
      );
      running.onLog((line) =>
        onEvent({
          atMs: clocks.engineMs(line.atMs),
          type: 'log',
          variant: variant.name,
          unit: unit.name,
          stream: line.stream,
          line: line.line,
        }),
      );
      tell(unit.name, 'starting');
      const ready = await untilReady(site, agent, running, signal);
      tell(unit.name, 'ready');
      const { marks } = running;
      const timeline = {
        unit: unit.name,
        modules: unit.modules,
        buildMs: artifact.buildMs,
        buildKind: artifact.kind,
        imageBytes: artifact.totalBytes,
        addedBytes: artifact.addedBytes,
        createStartMs: calledMs + marks.createStartMs,
        createdMs: calledMs + marks.createdMs,
        startedMs: calledMs + marks.startedMs,
        readyMs: ready.readyAtMs - startedAtMs,
      };
      return { timeline, running, given: { configuration, reference: artifact.reference } };
    },
  );
  const parts = await firstFailureWins(started, failure);

  const byName = new Map(parts.map((part) => [part.running.name, part.running]));
  const unitHosting = (module: string): RunningUnit => {
    const name = unitOf(variant.topology, module).name;
    const unit = byName.get(name);
    if (unit === undefined) throw new DeployError(`unit "${name}" is not running`);
    return unit;
  };
  const entry = unitHosting(application.entry);
  const first = await measureFirstRequests(agent, application, entry.serviceUrl, {
    clock,
    seed: options.dataSeed,
    signal,
  });
  const measurement: DeploymentMeasurement = {
    startedAtMs,
    units: parts.map((part) => part.timeline),
    preparationMs,
    allReadyMs: Math.max(...parts.map((part) => part.timeline.readyMs)),
    firstGoodMs: first.firstGoodAtMs - startedAtMs,
    firstRequestMs: first.endpoints,
    floorMs: options.floorMs,
    teardownMs: null,
  };
  const control = (name: string): UnitControl => {
    const unit = byName.get(name);
    if (unit === undefined) throw new DeployError(`unit "${name}" is not running`);
    return controlOf(agent, clocks, { unit: name, controlUrl: unit.controlUrl, token: tokens.get(name) ?? '' });
  };
  const parking = new Parking(
    parts.map((part) => part.running),
    entry,
    clock,
  );
  await Promise.all([...byName.keys()].map((name) => clocks.measureUnit(name, () => control(name).clock())));
  return {
    clock,
    get clocks() {
      return clocks.offsets;
    },
    variant,
    application,
    site,
    agent,
    units: parts.map((part) => part.running),
    capabilities: options.runtime.capabilities,
    measurement,
    entryUrl: entry.serviceUrl,
    publishedUrl: entry.publishedUrl ?? entry.serviceUrl,
    unitHosting,
    control,
    onUnitEvent: (listener) =>
      site.onUnitEvent((event) => {
        const told = { ...event, atMs: clocks.engineMs(event.atMs), seenAtMs: clock.nowMs() };
        if (!parking.caused(told)) listener(told);
      }),
    park: (abort) => parking.park(abort),
    unpark: (abort) => parking.unpark(abort),
    observe: (abort) =>
      Promise.all(
        parts.map(({ running, given }) => observeUnit(running, () => control(running.name).identity(), given, abort)),
      ),
    measureEngineClock: (abort) => clocks.measureEngine(options.runtime, abort),
    look: (abort) => Promise.all(parts.map(({ running, given }) => lookAtUnit(running, given, abort))),
    close: onceDone(async () => {
      const from = clock.monotonicMs();
      await close();
      for (const name of byName.keys()) tell(name, 'stopped');
      return clock.monotonicMs() - from;
    }),
  };
}

function configurationOf(
  unit: string,
  modules: string[],
  options: DeployOptions,
  site: Site,
  tokens: ReadonlyMap<string, string>,
): UnitConfiguration {
  const { application, variant } = options;
  const address = site.addressOf(unit);
  const tunables = Object.fromEntries(
    Object.entries(application.tunables).map(([name, tunable]) => [name, tunable.default]),
  );
  return {
    protocol: 1,
    application: application.name,
    unit,
    modules,
    units: Object.fromEntries(
      variant.topology.units.map((other) => [
        other.name,
        { modules: other.modules, url: site.addressOf(other.name).serviceUrl },
      ]),
    ),
    listen: address.listen,
    control: { ...address.control, token: tokens.get(unit) ?? '' },
    dataDirectory: site.dataDirectory(unit),
    seed: { value: options.dataSeed, sizes: application.seed.sizes },
    settings: { ...variant.settings, tunables: { ...tunables, ...variant.settings.tunables } },
  };
}
