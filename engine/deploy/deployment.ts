import type { AgentClient } from '../agent/index.ts';
import type { Clock } from '../clock/index.ts';
import {
  unitOf,
  type Application,
  type ClockOffset,
  type DeploymentMeasurement,
  type LabEvent,
  type ObservedUnit,
  type ReplacedInstance,
  type StructureMeasurement,
  type StructureSettings,
  type Unit,
  type Variant,
} from '../model/index.ts';
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
import { programsIn } from './artifacts.ts';
import type { UnitControl } from './control.ts';
import { Databases } from './databases.ts';
import { documentsOf, type ApiDocument } from './documents.ts';
import { firstFailureWins } from './first-failure.ts';
import { measureFirstRequests } from './first-requests.ts';
import { Fleet } from './fleet.ts';
import type { Laboratory } from './laboratory.ts';
import { memoryOfUnits } from './machine.ts';
import { lookAtUnit, observeUnit } from './observe.ts';
import { Parking } from './parking.ts';
import { prepare, type Prepared } from './prepare.ts';
import { Releaser, type ReleaseMeasurement, type ReleaseOptions } from './release.ts';
import { Replacer, type ReplaceOptions } from './replace.ts';
import { startInstance, tellState, type HeldTo, type Surroundings } from './start-instance.ts';
import { measureStructure, structureOf } from './structure.ts';

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
  /** Every instance of every unit that there is now. */
  readonly units: readonly RunningUnit[];
  /** The servers of the store, which stand beside the units; none where each unit has a file. */
  readonly databases: readonly RunningUnit[];
  /** The server that holds the data of the module's unit; null where that is a file. Throws where no unit has the module. */
  databaseOf(module: string): RunningUnit | null;
  /** What the runtime below can do. */
  readonly capabilities: RuntimeCapabilities;
  readonly measurement: DeploymentMeasurement;
  /** The entry as the agent reaches it. */
  readonly entryUrl: string;
  /** The entry as a browser on this machine reaches it. */
  readonly publishedUrl: string;
  /** The instance that serves the module, the first of them where there are several. Throws DeployError. */
  unitHosting(module: string): RunningUnit;
  /** The instances of a unit that serve; a server of the store by its name. */
  serving(unit: string): readonly RunningUnit[];
  /** Of that instance, or of the first that serves. Throws DeployError. */
  control(unit: string, instance?: number): UnitControl;
  /** Replaces units while users are on it; `artifacts` where the new ones are made of something else. One replacement at a time. See `Replacer.replace`. */
  replace(
    options: Omit<ReplaceOptions, 'artifacts'> & Partial<Pick<ReplaceOptions, 'artifacts'>>,
  ): Promise<ReplacedInstance[]>;
  /** Releases changes of the application, or takes them back. See `Releaser.release`. */
  release(options: ReleaseOptions): Promise<ReleaseMeasurement>;
  /** Puts back what was live before the last release, or before one that failed half-way. See `Releaser.takeBack`. */
  takeBack(options: Omit<ReleaseOptions, 'changes' | 'units'>): Promise<ReleaseMeasurement>;
  /** The changes that were released, each after those it builds on. */
  readonly changes: readonly string[];
  /** Whether they serve in every instance of every unit; not where a release failed half-way. */
  readonly isWhole: boolean;
  /** What its units are made of, looked at once for all deployments of the same build. See `measureStructure`. */
  structure(settings: StructureSettings, signal?: AbortSignal): Promise<StructureMeasurement>;
  /** Starts one more instance of a unit; of one that writes only where the store can be shared. See `Replacer.add`. */
  addInstance(unit: string, signal?: AbortSignal): Promise<RunningUnit>;
  /** Takes the youngest instance of a unit back. See `Replacer.takeBack`. */
  takeInstanceBack(unit: string): Promise<void>;
  /**
   * Holds every instance to that share of CPU, those that are started later too, from the start of their process on; null: to none, as they were started. Throws EngineError where the
   * runtime cannot (`capabilities.cpuQuota`).
   */
  holdEach(limit: HeldTo | null, signal?: AbortSignal): Promise<void>;
  /** Calls back for what happens to the units from now on; the returned function unsubscribes. */
  onUnitEvent(listener: (event: UnitEvent) => void): () => void;
  /** Calls back for every line that the instances there are now write from now on, with when it was written; the returned function unsubscribes. */
  onLog(listener: (line: { unit: string; atMs: number; line: string }) => void): () => void;
  /**
   * Holds all units still, the entry first so that nothing new comes in. Nothing may be under way. Rejects where units cannot be paused. What it does is told to nobody as
   * something that happened to a unit.
   */
  park(signal?: AbortSignal): Promise<void>;
  /** Lets them run again, the entry last. Does nothing unless parked. */
  unpark(signal?: AbortSignal): Promise<void>;
  /** The OpenAPI document of each unit, or of these, by name, as it says itself now. Throws DeployError. */
  documents(units?: readonly string[]): Promise<ReadonlyMap<string, ApiDocument>>;
  /** What is otherwise in the second of two such documents. See `Laboratory.compare`. */
  readonly compare: Laboratory['compare'];
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
  { site, agent, clock, clocks, database, preparationMs, close }: Prepared,
): Promise<Deployment> {
  const { application, variant } = options;
  const held = { limit: null };
  const around = { options, site, agent, clocks, held, nowMs: () => clock.nowMs() };
  const shares = memoryOfUnits(variant, options.memoryBytes);
  const databases = new Databases(around, database);
  const surroundings: Surroundings = { ...around, shares, databases };
  const failure = new AbortController();
  const ends = [failure.signal, site.vanished];
  const signal = AbortSignal.any(options.signal === undefined ? ends : [...ends, options.signal]);
  const places = variant.topology.units.flatMap((unit) =>
    Array.from({ length: unit.instances ?? 1 }, (_, instance) => ({ unit, instance })),
  );
  const urls = await addressesOf(site, places);
  const startedAtMs = clock.nowMs();
  const storesUp = databases.start(startedAtMs, signal);
  const started = places.map(async ({ unit, instance }) => {
    await storesUp.get(unit.name);
    return startInstance(surroundings, {
      ...{ unit, instance, artifact: options.artifacts.get(unit.name) },
      ...{ urls, fromMs: startedAtMs, signal },
    });
  });
  const first = await firstFailureWins(started, failure);
  const fleet = new Fleet(surroundings, first);
  if (fleet.serving(fleet.entry).length > 1) await fleet.leadToEntry();
  const hosting = (module: string) => fleet.find(unitOf(variant.topology, module).name).running;
  const entry = hosting(application.entry);
  const answered = await measureFirstRequests(agent, application, entry.serviceUrl, {
    clock,
    seed: options.dataSeed,
    signal,
  });
  const measurement: DeploymentMeasurement = {
    startedAtMs,
    units: first.map(({ timeline }) => timeline),
    ...(databases.timelines.length === 0 ? {} : { databases: databases.timelines }),
    preparationMs,
    allReadyMs: Math.max(...first.map(({ timeline }) => timeline.readyMs)),
    firstGoodMs: answered.firstGoodAtMs - startedAtMs,
    firstRequestMs: answered.endpoints,
    floorMs: options.floorMs,
    teardownMs: null,
  };
  const parking = new Parking(() => {
    const entries = fleet.running.filter(({ name }) => name === entry.name);
    const others = fleet.running.filter(({ name }) => name !== entry.name);
    return { entries, others, databases: databases.running };
  }, clock);
  const replacer = new Replacer(surroundings, fleet);
  const whileAwake = <T>(work: () => Promise<T>): Promise<T> =>
    orVanished(site, async () => {
      parking.assertAwake();
      return work();
    });
  const releaser = new Releaser(options, surroundings, fleet, replacer);
  await Promise.all(first.map(({ running, control }) => clocks.measureUnit(running.name, () => control.clock())));
  return {
    clock,
    get clocks() {
      return clocks.offsets;
    },
    variant,
    application,
    site,
    agent,
    get units() {
      return fleet.running;
    },
    databases: databases.running,
    databaseOf: (module) => databases.of(unitOf(variant.topology, module).name) ?? null,
    capabilities: options.runtime.capabilities,
    measurement,
    // Loads are led to whatever serves; this is whom their requests name.
    entryUrl: entry.serviceUrl,
    publishedUrl: entry.publishedUrl ?? entry.serviceUrl,
    unitHosting: hosting,
    serving: (name) => {
      const server = databases.running.find((one) => one.name === name);
      return server === undefined ? fleet.serving(name).map(({ running }) => running) : [server];
    },
    control: (unit, instance) => fleet.find(unit, instance).control,
    release: (how) => whileAwake(() => releaser.release(how)),
    takeBack: (how) => whileAwake(() => releaser.takeBack(how)),
    get changes() {
      return releaser.changes;
    },
    get isWhole() {
      return releaser.isWhole;
    },
    structure: (settings, abort) =>
      structureOf(options.artifacts, () =>
        measureStructure(options.laboratory, application, variant.topology, {
          ...settings,
          programs: programsIn(options.artifacts),
          signal: abort,
        }),
      ),
    addInstance: (unit, abort) =>
      whileAwake(() => replacer.add(unit, { artifacts: releaser.artifacts, signal: abort })),
    takeInstanceBack: (unit) => whileAwake(() => replacer.takeBack(unit)),
    holdEach: async (limit, abort) => {
      surroundings.held.limit = limit;
      const how = { periodMs: limit?.periodMs, signal: abort };
      await Promise.all(fleet.running.map((running) => running.limitCpu(limit?.cores ?? null, how)));
    },
    replace: (how) => whileAwake(() => replacer.replace({ artifacts: releaser.artifacts, ...how })),
    onUnitEvent: (listener) =>
      site.onUnitEvent((event) => {
        const told = { ...event, atMs: clocks.engineMs(event.atMs), seenAtMs: clock.nowMs() };
        if (!parking.caused(told)) listener(told);
      }),
    onLog: (listener) => {
      const stops = fleet.running.map((unit) =>
        unit.onLog(({ atMs, line }) => listener({ unit: unit.name, atMs: clocks.engineMs(atMs), line })),
      );
      return () => {
        for (const stop of stops) stop();
      };
    },
    park: (abort) => parking.park(abort),
    unpark: (abort) => parking.unpark(abort),
    compare: (before, after, abort) => options.laboratory.compare(before, after, abort),
    documents: (units = variant.topology.units.map(({ name }) => name)) =>
      orVanished(site, () => documentsOf(agent, fleet, units)),
    observe: async (abort) => {
      const units = fleet.all.map(({ running, control, given }) =>
        observeUnit(running, () => control.identity(), given, abort),
      );
      return [...(await Promise.all(units)), ...(await databases.look(abort))];
    },
    measureEngineClock: (abort) => clocks.measureEngine(options.runtime, abort),
    look: async (abort) => {
      const units = fleet.all.map(({ running, given }) => lookAtUnit(running, given, abort));
      return [...(await Promise.all(units)), ...(await databases.look(abort))];
    },
    close: onceDone(async () => {
      const from = clock.monotonicMs();
      const there = [...fleet.running, ...databases.running];
      await close();
      for (const { name, instance } of there) tellState(surroundings, name, instance, 'stopped');
      return clock.monotonicMs() - from;
    }),
  };
}

/** Where each instance will answer, by unit. */
async function addressesOf(
  site: Site,
  places: readonly { unit: Unit; instance: number }[],
): Promise<Map<string, string[]>> {
  const urls = new Map<string, string[]>();
  for (const { unit, instance } of places) {
    const { serviceUrl } =
      instance === 0 ? site.addressOf(unit.name) : await site.addressOfInstance(unit.name, instance);
    urls.set(unit.name, [...(urls.get(unit.name) ?? []), serviceUrl]);
  }
  return urls;
}
