import type Docker from 'dockerode';
import type { Container, ContainerInspectInfo } from 'dockerode';
import { own } from '../../model/index.ts';
import { EngineError } from '../errors.ts';
import { instanceName, instanceTitle } from '../instance.ts';
import type { CpuLimit, LogLine, RunningUnit, StartMarks, UnitFacts, UnitStats, UnitStatus } from '../types.ts';
import { LIMIT_MS, engineCall, engineCallUnless, isAway, statusOf } from './call.ts';
import { STOP_GRACE_S } from './container-body.ts';
import { LogFollower, readLogs } from './log-follower.ts';
import { factsOf, type BaseLayers } from './look.ts';
import { attach } from './networks.ts';
import type { SiteNetworks } from './networks.ts';
import { removeContainer } from './remove.ts';
import { withSignal } from './signalled.ts';
import { endedStats, parseStats } from './stats.ts';

const PERIOD_US = 100_000;
const LEAST_CORES = 0.01;
/** The kernel takes no less of a period. */
const LEAST_QUOTA_US = 1000;

export interface DockerUnitFacts {
  name: string;
  instance: number;
  modules: readonly string[];
  marks: StartMarks;
  serviceUrl: string;
  controlUrl: string;
  publishedUrl: string | null;
}

/** What a unit asks of the site it is in. */
export interface UnitHost {
  docker: Docker;
  networks: SiteNetworks;
  /** What its image is to stand on. */
  base: () => Promise<BaseLayers>;
  /** The API gives statistics at once, without waiting for a second sample. */
  oneShotStats: boolean;
  /** Called once the container is gone. */
  onRemoved(unit: DockerUnit): void;
  /** The next start of the container is wished for, not a restart. */
  expectStart(containerId: string): void;
  /** It is ended for good, or removed, by this program's own wish. */
  expectEnd(containerId: string): void;
  expectRemoval(containerId: string): void;
}

/** A unit in a container. */
export class DockerUnit implements RunningUnit {
  readonly name: string;
  readonly instance: number;
  readonly modules: readonly string[];
  readonly marks: StartMarks;
  readonly serviceUrl: string;
  readonly controlUrl: string;
  readonly publishedUrl: string | null;
  readonly container: Container;
  readonly logs: LogFollower;
  readonly #host: UnitHost;
  #removed = false;
  #lastWords: LogLine[] = [];
  #quotaBefore: { quota: number; period: number } | null = null;

  constructor(host: UnitHost, container: Container, facts: DockerUnitFacts) {
    this.#host = host;
    this.container = container;
    this.name = facts.name;
    this.instance = facts.instance;
    this.modules = facts.modules;
    this.marks = facts.marks;
    this.serviceUrl = facts.serviceUrl;
    this.controlUrl = facts.controlUrl;
    this.publishedUrl = facts.publishedUrl;
    this.logs = new LogFollower(host.docker, container);
  }

  async stats(signal?: AbortSignal): Promise<UnitStats> {
    try {
      return parseStats(await this.#askStats(signal), Date.now());
    } catch (error) {
      // Podman refuses this of what does not run, where Docker answers zeros.
      if (statusOf(error) !== 500 || !(await this.#isDown(signal))) throw error;
      return endedStats(Date.now());
    }
  }

  #askStats(signal: AbortSignal | undefined): Promise<unknown> {
    return this.#call('Reading statistics', LIMIT_MS.ask, signal, (abortSignal) =>
      this.container.stats(
        withSignal({ stream: false as const, ...(this.#host.oneShotStats ? { 'one-shot': true } : {}) }, abortSignal),
      ),
    );
  }

  /** Whether it is certain that it does not run. */
  async #isDown(signal: AbortSignal | undefined): Promise<boolean> {
    const state = await this.status(signal).then(
      (status) => status.state,
      () => null,
    );
    return state === 'stopped' || state === 'restarting';
  }

  async status(signal?: AbortSignal): Promise<UnitStatus> {
    if (this.#removed)
      return {
        state: 'stopped',
        restarts: 0,
        outOfMemory: false,
        exitCode: null,
        startedAtMs: null,
        cpuLimitCores: null,
      };
    const info = await this.inspect(signal);
    const startedAtMs = Date.parse(info.State.StartedAt);
    const state = stateOf(info.State.Status);
    return {
      state,
      restarts: info.RestartCount,
      outOfMemory: info.State.OOMKilled,
      exitCode: state === 'running' || state === 'paused' ? null : info.State.ExitCode,
      startedAtMs: startedAtMs > 0 ? startedAtMs : null,
      cpuLimitCores: limitedCores(info.HostConfig),
    };
  }

  async facts(signal?: AbortSignal): Promise<UnitFacts> {
    return factsOf(this.#host.docker, await this.inspect(signal), await this.#host.base(), signal);
  }

  async recentLogs(lines: number): Promise<LogLine[]> {
    if (this.#removed) return this.#lastWords.slice(-lines);
    return readLogs(this.#host.docker, this.container, lines);
  }

  onLog(listener: (line: LogLine) => void): () => void {
    return this.logs.add(listener);
  }

  async kill(signal?: AbortSignal): Promise<void> {
    const { state } = await this.status(signal);
    this.#host.expectEnd(this.container.id);
    if (state === 'stopped') return;
    // A stop also calls off a pending restart, which a kill would not.
    if (state === 'restarting') return this.#stop(0, signal);
    // 409: it ended by itself meanwhile.
    await engineCallUnless([409], this.#what('Killing'), LIMIT_MS.change, signal, (abortSignal) =>
      this.container.kill({ signal: 'SIGKILL', abortSignal }),
    );
    await this.#call('Waiting for the end of', LIMIT_MS.change, signal, (abortSignal) =>
      this.container.wait({ condition: 'not-running', abortSignal }),
    );
  }

  async start(signal?: AbortSignal): Promise<void> {
    this.#host.expectStart(this.container.id);
    await engineCallUnless([304], this.#what('Starting'), LIMIT_MS.change, signal, (abortSignal) =>
      this.container.start({ abortSignal }),
    );
  }

  async pause(signal?: AbortSignal): Promise<void> {
    if ((await this.status(signal)).state === 'paused') return;
    await this.#call('Pausing', LIMIT_MS.change, signal, (abortSignal) => this.container.pause({ abortSignal }));
  }

  async resume(signal?: AbortSignal): Promise<void> {
    if ((await this.status(signal)).state !== 'paused') return;
    await this.#call('Resuming', LIMIT_MS.change, signal, (abortSignal) => this.container.unpause({ abortSignal }));
  }

  async limitCpu(cores: number | null, { periodMs, signal }: CpuLimit = {}): Promise<void> {
    if (cores !== null && !(cores >= LEAST_CORES))
      throw new EngineError(
        'unsupported',
        `CPU limit of unit "${this.name}": ${cores} is too little; allowed: 0.01 cores and more`,
      );
    const periodUs = periodMs === undefined ? PERIOD_US : Math.round(periodMs * 1000);
    const quotaUs = cores === null ? null : Math.round(cores * periodUs);
    if (quotaUs !== null && quotaUs < LEAST_QUOTA_US)
      throw new EngineError(
        'unsupported',
        `CPU limit of unit "${this.name}": ${cores} in periods of ${periodUs / 1000} ms is too little; allowed: ${LEAST_QUOTA_US / periodUs} cores and more`,
      );
    if (cores === null && this.#quotaBefore === null) return;
    if (this.#quotaBefore === null) {
      const { HostConfig } = await this.inspect(signal);
      this.#quotaBefore = { quota: HostConfig.CpuQuota ?? 0, period: HostConfig.CpuPeriod ?? 0 };
    }
    const before = this.#quotaBefore;
    // A quota of 0 would mean "as it is" to the engine; -1 is no limit.
    const wanted =
      quotaUs === null
        ? { CpuQuota: before.quota > 0 ? before.quota : -1, CpuPeriod: before.period > 0 ? before.period : PERIOD_US }
        : { CpuQuota: quotaUs, CpuPeriod: periodUs };
    await this.#call('Limiting the CPU of', LIMIT_MS.change, signal, (abortSignal) =>
      this.container.update({ ...wanted, abortSignal }),
    );
    if (cores === null) this.#quotaBefore = null;
  }

  async disconnect(signal?: AbortSignal): Promise<void> {
    const { inside } = this.#host.networks;
    const info = await this.inspect(signal);
    if (own(info.NetworkSettings.Networks, inside.name) === undefined) return;
    await this.#call('Disconnecting', LIMIT_MS.change, signal, (abortSignal) =>
      inside.network.disconnect({ Container: this.container.id, Force: true, abortSignal }),
    );
  }

  async connect(signal?: AbortSignal): Promise<void> {
    await attach(
      this.#host.networks.inside.network,
      this.container.id,
      [instanceName(this.name, this.instance)],
      signal,
    );
  }

  async remove(signal?: AbortSignal): Promise<void> {
    if (this.#removed) return;
    try {
      await this.#askToEnd(signal);
    } catch (error) {
      // What could not be asked to end is ended.
      if (signal?.aborted === true || isAway(error)) throw error;
    }
    await this.removeNow(signal);
  }

  async #askToEnd(signal: AbortSignal | undefined): Promise<void> {
    const state = await this.#stateIfThere(signal);
    // Frozen processes cannot answer a polite request.
    if (state === 'running' || state === 'restarting') await this.#stop(STOP_GRACE_S, signal);
  }

  /** Removes it without asking it to end first. */
  async removeNow(signal?: AbortSignal): Promise<void> {
    if (this.#removed) return;
    this.#lastWords = await this.recentLogs(200).catch(() => []);
    this.logs.close();
    signal?.throwIfAborted();
    this.#host.expectRemoval(this.container.id);
    await removeContainer(this.#host.docker, this.container, `of ${instanceTitle(this.name, this.instance)}`);
    this.#removed = true;
    this.#host.onRemoved(this);
  }

  async #stateIfThere(signal: AbortSignal | undefined): Promise<UnitStatus['state'] | 'gone'> {
    try {
      return (await this.status(signal)).state;
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'not-found') return 'gone';
      throw error;
    }
  }

  inspect(signal?: AbortSignal): Promise<ContainerInspectInfo> {
    return this.#call('Looking at', LIMIT_MS.ask, signal, (abortSignal) => this.container.inspect({ abortSignal }));
  }

  async #stop(graceS: number, signal: AbortSignal | undefined): Promise<void> {
    await engineCallUnless([304, 404], this.#what('Stopping'), LIMIT_MS.change, signal, (abortSignal) =>
      this.container.stop({ t: graceS, abortSignal }),
    );
  }

  #what(doing: string): string {
    return `${doing} ${instanceTitle(this.name, this.instance)}`;
  }

  #call<T>(
    doing: string,
    limitMs: number,
    signal: AbortSignal | undefined,
    work: (abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return engineCall(this.#what(doing), limitMs, signal, work);
  }
}

function stateOf(status: string): UnitStatus['state'] {
  switch (status) {
    case 'running':
      return 'running';
    case 'paused':
      return 'paused';
    case 'restarting':
      return 'restarting';
    default:
      return 'stopped';
  }
}

/** Cores by quota and period; an engine says 0 or less where there is no limit. */
function limitedCores({ CpuQuota = 0, CpuPeriod = 0 }: { CpuQuota?: number; CpuPeriod?: number }): number | null {
  return CpuQuota > 0 ? CpuQuota / (CpuPeriod > 0 ? CpuPeriod : PERIOD_US) : null;
}
