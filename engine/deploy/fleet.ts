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

/** Where callers of a unit ask one of its instances. */
export type Place = Pick<RunningUnit, 'instance' | 'serviceUrl'>;

/** The instances of a deployment: which there are, which of them serve, and who is told. */
export class Fleet {
  readonly #surroundings: Surroundings;
  readonly #serving = new Map<string, readonly Instance[]>();
  /** What is in everybody's lists, by unit; it stays there while nothing serves. */
  readonly #told = new Map<string, readonly Place[]>();
  /** Those that do not serve: not yet, or not any more. */
  readonly #others = new Set<Instance>();
  /** Settles when whoever may have heard late of a change that was given up knows what is so. */
  #late: Promise<void> = Promise.resolve();
  /** The last number given to an instance, by unit. */
  readonly #highest = new Map<string, number>();

  constructor(surroundings: Surroundings, first: readonly Instance[]) {
    this.#surroundings = surroundings;
    for (const instance of first) {
      const { name } = instance.running;
      this.#serving.set(name, [...this.serving(name), instance]);
      this.#told.set(name, placesOf(this.serving(name)));
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

  /** Which instances of a unit everybody calls, whether they serve or not. */
  told(unit: string): readonly Place[] {
    return this.#told.get(unit) ?? [];
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

  /** Where each unit is called now; one of which nothing serves is started anew there. */
  get urls(): Map<string, string[]> {
    return new Map([...this.#told].map(([unit, places]) => [unit, urlsOf(places)]));
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
  leave(running: RunningUnit): void {
    for (const one of this.#others) if (one.running === running) this.#others.delete(one);
    const left = this.serving(running.name).filter((one) => one.running !== running);
    if (left.length < this.serving(running.name).length) this.#serving.set(running.name, left);
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
    const before = new Map([...changes.keys()].map((unit) => [unit, this.told(unit)]));
    const callers = this.#callersOf(changes);
    const givenUp = new AbortController();
    const telling = this.#tell(callers, changes, givenUp.signal);
    let isUnderWay = true;
    const ended = telling.then(noted, noted);
    function noted(): void {
      isUnderWay = false;
    }
    try {
      await this.#orGivenUp(telling, signal);
    } catch (error) {
      givenUp.abort(error);
      // Who stands still hears both when it goes on, in whatever order.
      if (isUnderWay) this.#late = ended.then(() => this.#tellAgain(callers, before));
      await this.#tellAgain(callers, before);
      throw error;
    }
    for (const [unit, instances] of changes) {
      for (const instance of this.serving(unit)) if (!instances.includes(instance)) this.#others.add(instance);
      for (const instance of instances) this.#others.delete(instance);
      this.#serving.set(unit, instances);
      this.#told.set(unit, placesOf(instances));
    }
  }

  /** Leads people and loads to all instances of the entry that serve. */
  async leadToEntry(): Promise<void> {
    this.leadPeople();
    await this.#leadLoads(this.told(this.entry));
  }

  /** Leads people to all instances of the entry that serve. */
  leadPeople(): void {
    this.#surroundings.site.lead(this.serving(this.entry).map(({ running }) => running));
  }

  #leadLoads(entries: readonly Place[]): Promise<void> {
    return this.#surroundings.agent.lead(urlsOf(entries), { timeoutMs: leadLimitMs });
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

  /** Throws DeployError that names who could not be told, once everybody was asked. Nobody is led anywhere once it was given up: a caller may answer later than anybody waits for it. */
  async #tell(
    callers: readonly Instance[],
    changes: ReadonlyMap<string, readonly Instance[]>,
    givenUp: AbortSignal,
  ): Promise<void> {
    await this.#late;
    if (givenUp.aborted) return;
    const told = await Promise.allSettled(callers.map((caller) => this.#tellOne(caller, changes)));
    for (const one of told) if (one.status === 'rejected') throw one.reason;
    const entries = changes.get(this.entry);
    if (entries === undefined || givenUp.aborted) return;
    this.#surroundings.site.lead(entries.map(({ running }) => running));
    await this.#leadLoads(placesOf(entries));
  }

  async #tellOne({ running, control }: Instance, changes: ReadonlyMap<string, readonly Instance[]>): Promise<void> {
    try {
      await control.addresses(listsOf(placesIn(changes)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new DeployError(
        `${instanceTitle(running.name, running.instance)} could not be told which instances of ${[...changes.keys()].join(', ')} serve now: ${why}`,
        { cause: error },
      );
    }
  }

  /** Whoever may have heard what is not so is told what is, also one that has crashed over it, which keeps its lists: it has a while to come back. */
  async #tellAgain(callers: readonly Instance[], known: ReadonlyMap<string, readonly Place[]>): Promise<void> {
    const { options, site, nowMs } = this.#surroundings;
    const untilMs = nowMs() + comeBackMs;
    const untilTold = async (caller: Instance): Promise<void> => {
      const { control } = caller;
      while (this.all.includes(caller)) {
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
    await Promise.all(callers.map(untilTold));
    const entries = known.get(this.entry);
    if (entries === undefined) return;
    this.leadPeople();
    await this.#leadLoads(entries).catch(() => undefined);
  }

  #callersOf(changes: ReadonlyMap<string, unknown>): Instance[] {
    return this.all.filter(({ running }) => !changes.has(running.name));
  }
}

const placesOf = (instances: readonly Instance[]): Place[] =>
  instances.map(({ running: { instance, serviceUrl } }) => ({ instance, serviceUrl }));
const placesIn = (changes: ReadonlyMap<string, readonly Instance[]>): Map<string, Place[]> =>
  new Map([...changes].map(([unit, instances]) => [unit, placesOf(instances)]));
const listsOf = (lists: ReadonlyMap<string, readonly Place[]>): Record<string, string[]> =>
  Object.fromEntries([...lists].map(([unit, places]) => [unit, urlsOf(places)]));
const urlsOf = (places: readonly Place[]): string[] => places.map(({ serviceUrl }) => serviceUrl);
