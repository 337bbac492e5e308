import { randomBytes } from 'node:crypto';
import { type LabEvent, type ObservedUnit, type UnitTimeline } from '../model/index.ts';
import type { Artifact, RunningUnit } from '../runtime/index.ts';
import { untilUp } from './database-up.ts';
import { DeployError } from './deploy-error.ts';
import { databaseBudgets, type DatabaseBudget } from './machine.ts';
import { lookAtDatabase } from './observe.ts';
import { tellState, type Surroundings } from './start-instance.ts';
import type { UnitConfiguration } from './unit-configuration.ts';

/** One server of the store that is up. */
interface Server {
  running: RunningUnit;
  timeline: UnitTimeline;
}

/** The servers of a deployment's store: none where each unit has a file of its own. They stay while units are replaced. */
export class Databases {
  readonly #surroundings: Omit<Surroundings, 'databases' | 'shares'>;
  readonly #artifact: Artifact | null;
  readonly #servers: readonly { budget: DatabaseBudget; password: string }[];
  readonly #up = new Map<string, Server>();

  /** `artifact`: what they are started from; null where there are none. */
  constructor(surroundings: Omit<Surroundings, 'databases' | 'shares'>, artifact: Artifact | null) {
    const { variant, memoryBytes } = surroundings.options;
    this.#surroundings = surroundings;
    this.#artifact = artifact;
    this.#servers = databaseBudgets(variant, memoryBytes).map((budget) => ({
      budget,
      password: randomBytes(18).toString('hex'),
    }));
  }

  get running(): RunningUnit[] {
    return [...this.#up.values()].map(({ running }) => running);
  }

  get timelines(): UnitTimeline[] {
    return [...this.#up.values()].map(({ timeline }) => timeline);
  }

  /** The one that holds a unit's data; undefined where it has a file. */
  of(unit: string): RunningUnit | undefined {
    const server = this.#serverOf(unit);
    return server === undefined ? undefined : this.#up.get(server.budget.name)?.running;
  }

  /** What a unit is told; undefined where it has a file. */
  given(unit: string): UnitConfiguration['database'] {
    const server = this.#serverOf(unit);
    if (server === undefined) return undefined;
    const { budget, password } = server;
    const address = this.#surroundings.site.databaseAddress(budget.name);
    return { ...address, password, connections: budget.connectionsEach };
  }

  /** Starts them side by side. Gives when each is up, by unit; throws DeployError there. What was started by then is the caller's to remove. */
  start(fromMs: number, signal: AbortSignal): Map<string, Promise<void>> {
    return new Map(
      this.#servers.flatMap((server) => {
        const starting = this.#start(server, fromMs, signal);
        return server.budget.units.map((unit) => [unit, starting] as const);
      }),
    );
  }

  look(signal?: AbortSignal): Promise<ObservedUnit[]> {
    return Promise.all(this.running.map((running) => lookAtDatabase(running, this.#artifact?.reference, signal)));
  }

  #serverOf(unit: string) {
    return this.#servers.find(({ budget }) => budget.units.includes(unit));
  }

  async #start(
    { budget, password }: { budget: DatabaseBudget; password: string },
    fromMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { site, nowMs, options, clocks } = this.#surroundings;
    const { name, memoryBytes, connections } = budget;
    const artifact = this.#artifact;
    if (artifact === null) throw new DeployError(`the server "${name}" of the store has not been built`);
    tellState(this.#surroundings, name, 0, 'creating');
    const calledMs = nowMs() - fromMs;
    const running = await site.startDatabase({ name, artifact, memoryBytes, connections, password }, signal);
    running.onLog(({ atMs, stream, line }) => {
      const event: LabEvent = {
        ...{ atMs: clocks.engineMs(atMs), type: 'log', variant: options.variant.name },
        ...{ unit: name, stream, line },
      };
      options.onEvent(event);
    });
    tellState(this.#surroundings, name, 0, 'starting');
    const upAtMs = await untilUp(running, {
      ...{ site, signal, clock: options.laboratory.clock },
    });
    const readyMs = clocks.engineMs(upAtMs) - fromMs;
    tellState(this.#surroundings, name, 0, 'ready');
    const { createStartMs, createdMs, startedMs } = running.marks;
    this.#up.set(name, {
      running,
      timeline: {
        ...{ unit: name, modules: [], buildMs: artifact.buildMs, buildKind: artifact.kind },
        ...{ imageBytes: artifact.totalBytes, addedBytes: artifact.addedBytes },
        createStartMs: calledMs + createStartMs,
        createdMs: calledMs + createdMs,
        startedMs: calledMs + startedMs,
        // Its log and this program tell the time by different clocks.
        readyMs: Math.max(calledMs + createdMs, readyMs),
      },
    });
  }
}
