import { AgentFailure } from '../agent/index.ts';
import { unitOf } from '../model/index.ts';
import { instanceTitle, type RunningUnit } from '../runtime/index.ts';
import { ControlError } from './control.ts';
import { DeployError } from './deploy-error.ts';
import type { Instance, Surroundings } from './start-instance.ts';

/** Longest that a request under way to an instance that is left out may take, ms: the load's own patience is far below. */
const leadLimitMs = 60_000;
/** How long a caller that crashed while lists were replaced has to come back, or one that hangs to answer once nobody waits any more, and how often that is tried, ms. */
const comeBackMs = 10_000;
const againMs = 100;

/** The instances of a deployment: which there are, which of them serve, and who is told. */
export class Fleet {
  readonly #surroundings: Surroundings;
  readonly #serving = new Map<string, readonly Instance[]>();
  /** Those that do not serve: not yet, or not any more. */
  readonly #others = new Set<Instance>();
  /** The last number given to an instance, by unit. */
  readonly #highest = new Map<string, number>();

  constructor(surroundings: Surroundings, first: readonly Instance[]) {
    this.#surroundings = surroundings;
    for (const instance of first) {
      const { name } = instance.running;
      this.#serving.set(name, [...this.serving(name), instance]);
      this.#highest.set(name, Math.max(this.#highest.get(name) ?? 0, instance.running.instance));
    }
  }

  get entry(): string {
    const { application, variant } = this.#surroundings.options;
    return unitOf(variant.topology, application.entry).name;
  }

  serving(unit: string): readonly Instance[] {
    return this.#serving.get(unit) ?? [];
  }

  /** Every instance that was started and not removed, by unit. */
  get all(): Instance[] {
    return [...[...this.#serving.values()].flat(), ...this.#others];
  }

  get running(): RunningUnit[] {
    return this.all.map(({ running }) => running);
  }

  /** An instance of the unit that serves; the first of them if none is named. Throws DeployError. */
  find(unit: string, instance?: number): Instance {
    const found =
      instance === undefined
        ? this.serving(unit)[0]
        : this.all.find(({ running }) => running.name === unit && running.instance === instance);
    if (found === undefined)
      throw new DeployError(`${instance === undefined ? '' : `instance ${instance} of `}unit "${unit}" is not running`);
    return found;
  }

  /** Where each unit answers now; one of which nothing serves is left out. */
  get urls(): Map<string, string[]> {
    const some = [...this.#serving].filter(([, instances]) => instances.length > 0);
    return new Map(some.map(([unit, instances]) => [unit, urlsOf(instances)]));
  }

  /** A number that no instance of the unit has had. */
  nextInstance(unit: string): number {
    const next = (this.#highest.get(unit) ?? 0) + 1;
    this.#highest.set(unit, next);
    return next;
  }

  /** It is there, and nobody is told of it. */
  join(instance: Instance): void {
    this.#others.add(instance);
  }

  /** It is gone. */
  leave(instance: Instance): void {
    this.#others.delete(instance);
    const { name } = instance.running;
    const left = this.serving(name).filter((one) => one !== instance);
    if (left.length < this.serving(name).length) this.#serving.set(name, left);
  }

  /** Serves in place of one that has its address, so that nobody needs to be told. */
  takePlace(instance: Instance): void {
    this.#others.delete(instance);
    this.#serving.set(instance.running.name, [...this.serving(instance.running.name), instance]);
  }

  /**
   * These instances serve from now on, by unit; whoever calls those units is told, and the calls under way to others have ended when this resolves. Where somebody cannot be
   * told, or the signal aborts and that does not come to an end, all are told again what was before, and this rejects.
   */
  async serve(changes: ReadonlyMap<string, readonly Instance[]>, signal?: AbortSignal): Promise<void> {
    const before = new Map([...changes.keys()].map((unit) => [unit, this.serving(unit)]));
    try {
      await this.#orGivenUp(this.#tell(changes), signal);
    } catch (error) {
      await this.#tellAgain(new Map([...before].filter(([, instances]) => instances.length > 0)));
      throw error;
    }
    for (const [unit, instances] of changes) {
      for (const instance of this.serving(unit)) if (!instances.includes(instance)) this.#others.add(instance);
      for (const instance of instances) this.#others.delete(instance);
      this.#serving.set(unit, instances);
    }
  }

  /** Leads people and loads to all instances of the entry that serve. */
  leadToEntry(): Promise<void> {
    return this.#lead(this.serving(this.entry));
  }

  async #lead(entries: readonly Instance[]): Promise<void> {
    const { site, agent } = this.#surroundings;
    site.lead(entries.map(({ running }) => running));
    await agent.lead(urlsOf(entries), { timeoutMs: leadLimitMs });
  }

  /** Waits for the end of what is told; once the signal aborts a little longer only, and then throws its reason. */
  async #orGivenUp(telling: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    if (signal === undefined) return telling;
    const { clock } = this.#surroundings.options.laboratory;
    const over = new AbortController();
    const aborted = new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true, signal: over.signal });
    });
    const givenUp = aborted.then(() => clock.delay(comeBackMs, over.signal)).then(() => signal.throwIfAborted());
    // Nobody waits for the one that comes second.
    givenUp.catch(() => undefined);
    telling.catch(() => undefined);
    try {
      await Promise.race([telling, givenUp]);
    } finally {
      over.abort();
    }
  }

  /** Throws DeployError that names who could not be told, once everybody was asked. */
  async #tell(changes: ReadonlyMap<string, readonly Instance[]>): Promise<void> {
    const told = await Promise.allSettled(this.#callersOf(changes).map((caller) => this.#tellOne(caller, changes)));
    for (const one of told) if (one.status === 'rejected') throw one.reason;
    const entries = changes.get(this.entry);
    if (entries !== undefined) await this.#lead(entries);
  }

  async #tellOne({ running, control }: Instance, changes: ReadonlyMap<string, readonly Instance[]>): Promise<void> {
    try {
      await control.addresses(listsOf(changes));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new DeployError(
        `${instanceTitle(running.name, running.instance)} could not be told which instances of ${[...changes.keys()].join(', ')} serve now: ${why}`,
        { cause: error },
      );
    }
  }

  /** Whoever may have heard what is not so is told what is, also one that has crashed over it, which keeps its lists: it has a while to come back. */
  async #tellAgain(known: ReadonlyMap<string, readonly Instance[]>): Promise<void> {
    const { options, site, nowMs } = this.#surroundings;
    const untilMs = nowMs() + comeBackMs;
    const untilTold = async ({ control }: Instance): Promise<void> => {
      for (;;) {
        try {
          await control.addresses(listsOf(known), comeBackMs);
          return;
        } catch (error) {
          const isOver = error instanceof ControlError || (error instanceof AgentFailure && error.kind === 'gone');
          if (isOver || nowMs() >= untilMs || site.vanished.aborted) return;
        }
        await options.laboratory.clock.delay(againMs, site.vanished).catch(() => undefined);
      }
    };
    await Promise.all(this.#callersOf(known).map(untilTold));
    const entries = known.get(this.entry);
    if (entries !== undefined) await this.#lead(entries).catch(() => undefined);
  }

  #callersOf(changes: ReadonlyMap<string, readonly Instance[]>): Instance[] {
    return this.all.filter(({ running }) => !changes.has(running.name));
  }
}

const listsOf = (changes: ReadonlyMap<string, readonly Instance[]>): Record<string, string[]> =>
  Object.fromEntries([...changes].map(([unit, instances]) => [unit, urlsOf(instances)]));
const urlsOf = (instances: readonly Instance[]): string[] => instances.map(({ running }) => running.serviceUrl);
