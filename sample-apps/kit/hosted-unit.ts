import { setTimeout as delay } from 'node:timers/promises';
import type { Callee } from './calls/callee.ts';
import type { Neighbours } from './calls/neighbours.ts';
import { epochMs } from './clock.ts';
import type { Configuration } from './configuration.ts';
import type { Contract } from './contract.ts';
import type { Store } from './database/database.ts';
import { CallError } from './errors.ts';
import { FaultManager } from './faults/manager.ts';
import type { Route } from './http/route.ts';
import type { LoopLag } from './loop-lag.ts';
import type { ModuleInstance } from './module.ts';
import type { PolicyCounters } from './policies/counters.ts';
import type { Tracer } from './trace.ts';

const quiesceLimitMs = 30_000;
const drainLimitMs = 30_000;

export interface HostedUnitParts {
  readonly configuration: Configuration;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly callees: ReadonlyMap<string, Callee>;
  readonly instances: ReadonlyMap<string, ModuleInstance>;
  readonly neighbours: Neighbours;
  readonly store: Pick<Store, 'limitConnections'>;
  readonly tracer: Tracer;
  readonly counters: PolicyCounters;
  readonly loopLag: LoopLag;
}

/** The state of a running unit, as both of its servers see it. */
export class HostedUnit {
  readonly configuration: Configuration;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly callees: ReadonlyMap<string, Callee>;
  readonly tracer: Tracer;
  readonly faults: FaultManager;
  readonly routesByModule: readonly { module: string; route: Route }[];
  seedHash: Record<string, string> = {};
  prepared = false;
  readonly #parts: HostedUnitParts;
  readonly #startedAtMs = epochMs();
  #inFlight = 0;
  /** Handlers at work: one goes on when its caller has gone and so is in flight no more. */
  #atWork = 0;
  #draining = false;
  readonly #idleListeners: (() => void)[] = [];

  constructor(parts: HostedUnitParts) {
    this.#parts = parts;
    this.configuration = parts.configuration;
    this.contracts = parts.contracts;
    this.callees = parts.callees;
    this.tracer = parts.tracer;
    const points = new Map([...parts.callees].map(([name, callee]) => [name, callee.point]));
    this.faults = new FaultManager(points, parts.store);
    this.routesByModule = [...parts.instances].flatMap(([module, instance]) =>
      (instance.routes ?? []).map((route) => ({ module, route })),
    );
  }

  get routes(): Route[] {
    return this.routesByModule.map(({ route }) => route);
  }

  /** Lets a request in, or gives the reason why not. */
  admit(): CallError | undefined {
    if (!this.prepared) return new CallError('starting', 'the unit is starting');
    const limit = this.configuration.settings.resilience.loadShedding?.inFlight ?? Infinity;
    if (this.#inFlight >= limit) {
      this.#parts.counters.shed++;
      return new CallError('shed', 'the unit has too much to do');
    }
    this.#inFlight++;
    return undefined;
  }

  leave(): void {
    this.#inFlight--;
    this.#tellIdle();
  }

  /** A handler begins with a request that was let in. */
  beginWork(): void {
    this.#atWork++;
  }

  endWork(): void {
    this.#atWork--;
    this.#tellIdle();
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** It is on its way out: whoever has a connection should not come back on it. */
  get draining(): boolean {
    return this.#draining;
  }

  unreadyModules(): string[] {
    return [...this.callees.values()]
      .filter(({ point }) => !this.prepared || this.#draining || point.isOut('readiness'))
      .map(({ name }) => name);
  }

  identity(): unknown {
    const { configuration, seedHash } = this;
    return {
      unit: configuration.unit,
      instance: configuration.instance,
      modules: configuration.modules,
      pid: process.pid,
      startedAtMs: this.#startedAtMs,
      nodeVersion: process.version,
      languageVersion: process.version,
      seedHash,
    };
  }

  metrics(): unknown {
    const modules = Object.fromEntries(
      [...this.callees.values()].map(({ name, calls, failures }) => [name, { calls, failures }]),
    );
    const loopLagP99Ms = this.#parts.loopLag.takeP99Ms();
    const heapBytes = process.memoryUsage().heapUsed;
    return {
      atMs: epochMs(),
      loopLagP99Ms,
      heapBytes,
      inFlight: this.#inFlight,
      modules,
      policies: this.#parts.counters,
    };
  }

  async audit(module: string): Promise<unknown> {
    const instance = this.#parts.instances.get(module);
    if (instance === undefined) throw new CallError('not-found', `module "${module}" is not in this unit`);
    return (await instance.audit?.()) ?? {};
  }

  /** Waits, at most 30 s, until no module has unsettled work. */
  async quiesce(): Promise<{ settled: boolean; pending: number }> {
    const end = performance.now() + quiesceLimitMs;
    for (;;) {
      const counts = await Promise.all(
        [...this.#parts.instances.values()].map(async (instance) => (await instance.pending?.()) ?? 0),
      );
      const pending = counts.reduce((sum, count) => sum + count, 0);
      if (pending === 0 || performance.now() >= end) return { settled: pending === 0, pending };
      await delay(50);
    }
  }

  /** Where the instances of other units answer from now on. */
  replaceAddresses(body: unknown): Promise<{ settled: boolean }> {
    return this.#parts.neighbours.replace(body);
  }

  /**
   * The graceful end but for the exit: it is ready no more, answers end their connections, requests under way end, and modules hand over what they do in the background.
   * Waits for that, 30 s at most. A request that comes all the same is answered. Safe to call twice.
   */
  async drain(limitMs = drainLimitMs): Promise<{ settled: boolean; inFlight: number }> {
    this.#draining = true;
    const limit = new AbortController();
    const handOver = async (): Promise<boolean> => {
      // At once, since a request may hang to the end of the limit; and again for what the last requests left behind.
      await Promise.all([this.#idle(), this.#stopModules()]);
      await this.#stopModules();
      await this.#idle();
      return true;
    };
    try {
      const settled = await Promise.race([handOver(), delay(limitMs, false, { signal: limit.signal })]);
      return { settled, inFlight: this.#inFlight };
    } finally {
      limit.abort();
    }
  }

  async #stopModules(): Promise<void> {
    await Promise.all([...this.#parts.instances.values()].map(async (instance) => instance.stop?.()));
  }

  get #isIdle(): boolean {
    return this.#inFlight === 0 && this.#atWork === 0;
  }

  #tellIdle(): void {
    if (this.#isIdle) for (const told of this.#idleListeners.splice(0)) told();
  }

  #idle(): Promise<void> {
    if (this.#isIdle) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idleListeners.push(resolve);
    });
  }
}
