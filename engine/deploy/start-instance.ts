import { randomBytes } from 'node:crypto';
import type { AgentClient } from '../agent/index.ts';
import { languageOf, own, type LabEvent, type Unit, type UnitState, type UnitTimeline } from '../model/index.ts';
import type { Artifact, CpuLimit, InstanceAddress, RunningUnit, Site } from '../runtime/index.ts';
import type { Clocks } from './clocks.ts';
import { controlOf, type UnitControl } from './control.ts';
import type { Databases } from './databases.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployOptions } from './deployment.ts';
import type { GivenToUnit } from './observe.ts';
import { untilReady } from './ready.ts';
import type { UnitConfiguration } from './unit-configuration.ts';

/** One instance that is ready, and what was given to it. */
export interface Instance {
  running: RunningUnit;
  control: UnitControl;
  timeline: UnitTimeline;
  given: GivenToUnit;
  /** What it is made of. */
  artifact: Artifact;
}

/** A share of CPU for each instance, all alike. */
export interface HeldTo extends Pick<CpuLimit, 'periodMs'> {
  /** For one instance; 0.01 and more. */
  cores: number;
}

/** What all instances of a deployment are started with. */
export interface Surroundings {
  options: Pick<
    DeployOptions,
    'laboratory' | 'application' | 'variant' | 'dataSeed' | 'memoryBytes' | 'publishedPort' | 'onEvent' | 'runtime'
  >;
  site: Site;
  agent: AgentClient;
  clocks: Clocks;
  /** The laboratory's, ms since the epoch. */
  nowMs: () => number;
  /** What each unit may use, bytes. */
  shares: Record<string, number>;
  /** The servers of the store. */
  databases: Pick<Databases, 'given'>;
  /** What every instance is held to, from the start of its process on. */
  held: { limit: HeldTo | null };
}

/** What one instance is started as. */
export interface InstanceStart {
  unit: Unit;
  instance: number;
  artifact: Artifact | undefined;
  /** Where the other units answer, by name. */
  urls: ReadonlyMap<string, readonly string[]>;
  /** From which its time line counts, ms since the epoch. */
  fromMs: number;
  signal: AbortSignal;
}

/** Tells what state an instance is in. */
export function tellState(
  { options, nowMs }: Pick<Surroundings, 'options' | 'nowMs'>,
  unit: string,
  instance: number,
  state: UnitState,
): void {
  const { variant, onEvent } = options;
  const which = instance === 0 ? {} : { instance };
  onEvent({ atMs: nowMs(), type: 'unit-state', variant: variant.name, unit, ...which, state, detail: null });
}

/** Starts one instance and waits until it says that it is ready. Throws DeployError; what was started by then is the caller's to remove. */
export async function startInstance(surroundings: Surroundings, start: InstanceStart): Promise<Instance> {
  const { options, site, agent, clocks, nowMs, shares } = surroundings;
  const { unit, instance, artifact, fromMs, signal } = start;
  if (artifact === undefined) throw new DeployError(`unit "${unit.name}" has not been built`);
  tellState(surroundings, unit.name, instance, 'creating');
  const token = randomBytes(24).toString('hex');
  const address = instance === 0 ? site.addressOf(unit.name) : await site.addressOfInstance(unit.name, instance);
  const configuration = JSON.stringify(configurationOf(surroundings, start, address, token));
  const calledMs = nowMs() - fromMs;
  const running = await site.startUnit(
    {
      ...{ unit, instance, artifact },
      environment: { CLEAVE_UNIT: configuration },
      memoryBytes: own(shares, unit.name) ?? options.memoryBytes,
      published: unit.modules.includes(options.application.entry),
      publishedPort: options.publishedPort,
    },
    signal,
  );
  const { limit } = surroundings.held;
  if (limit !== null) await running.limitCpu(limit.cores, { periodMs: limit.periodMs, signal });
  running.onLog(({ atMs, stream, line }) => {
    const event: LabEvent = {
      atMs: clocks.engineMs(atMs),
      type: 'log',
      variant: options.variant.name,
      unit: unit.name,
      ...(instance === 0 ? {} : { instance }),
      stream,
      line,
    };
    options.onEvent(event);
  });
  tellState(surroundings, unit.name, instance, 'starting');
  const ready = await untilReady(site, agent, running, signal);
  tellState(surroundings, unit.name, instance, 'ready');
  const { marks } = running;
  return {
    running,
    control: controlOf(agent, clocks, { unit: unit.name, instance, controlUrl: running.controlUrl, token }),
    given: { configuration, reference: artifact.reference, language: languageOf(unit) },
    artifact,
    timeline: {
      ...{ unit: unit.name, ...(instance === 0 ? {} : { instance }), modules: unit.modules },
      buildMs: artifact.buildMs,
      buildKind: artifact.kind,
      imageBytes: artifact.totalBytes,
      addedBytes: artifact.addedBytes,
      createStartMs: calledMs + marks.createStartMs,
      createdMs: calledMs + marks.createdMs,
      startedMs: calledMs + marks.startedMs,
      readyMs: ready.readyAtMs - fromMs,
    },
  };
}

function configurationOf(
  { options, site, databases }: Surroundings,
  { unit, instance, urls }: InstanceStart,
  address: InstanceAddress,
  token: string,
): UnitConfiguration {
  const { application, variant, dataSeed } = options;
  const tunables = Object.fromEntries(
    Object.entries(application.tunables).map(([name, tunable]) => [name, tunable.default]),
  );
  const database = databases.given(unit.name);
  return {
    protocol: 1,
    application: application.name,
    ...{ unit: unit.name, instance, modules: unit.modules },
    units: Object.fromEntries(
      variant.topology.units.map((other) => [
        other.name,
        { modules: other.modules, urls: [...(urls.get(other.name) ?? [site.addressOf(other.name).serviceUrl])] },
      ]),
    ),
    listen: address.listen,
    control: { ...address.control, token },
    dataDirectory: site.dataDirectory(unit.name),
    seed: { value: dataSeed, sizes: application.seed.sizes },
    settings: { ...variant.settings, tunables: { ...tunables, ...variant.settings.tunables } },
    ...(database === undefined ? {} : { database }),
  };
}
