import { isShared, writersIn, type ReplacedInstance, type ReplacementStrategy, type Unit } from '../model/index.ts';
import type { Artifact, RunningUnit } from '../runtime/index.ts';
import { DeployError } from './deploy-error.ts';
import { firstFailureWins } from './first-failure.ts';
import type { Fleet } from './fleet.ts';
import { startInstance, tellState, type Instance, type Surroundings } from './start-instance.ts';

export interface ReplaceOptions {
  /** Units to replace, in this order; all of them with `blue-green`. */
  units: readonly string[];
  strategy: ReplacementStrategy;
  /** What the new instances are made of, by unit; what the deployment was made of where nothing is said. */
  artifacts: ReadonlyMap<string, Artifact>;
  signal?: AbortSignal;
}

/** How long an engine may stumble over a removal, and how often it is asked again, ms. One that says nothing for so long is asked once more. */
const stumbleMs = 10_000;
const againMs = 250;

/** Replaces, adds and takes away instances of a running deployment, one change at a time. */
export class Replacer {
  readonly #surroundings: Surroundings;
  readonly #fleet: Fleet;
  readonly #vanished: AbortSignal;
  #busy = false;

  constructor(surroundings: Surroundings, fleet: Fleet) {
    this.#surroundings = surroundings;
    this.#fleet = fleet;
    this.#vanished = surroundings.site.vanished;
  }

  /**
   * Replaces them. Throws DeployError, or the signal's reason: until the new one is in everybody's list the old one goes on serving and the new one is removed; from then on it
   * is carried through, and where the old one will not go this rejects in the end: whatever is changed next ends it first. With `recreate` nothing serves after a failed start.
   */
  async replace(options: ReplaceOptions): Promise<ReplacedInstance[]> {
    return this.alone((replace) => replace(options));
  }

  /**
   * Does something that replaces units as one change: nobody else replaces any from its beginning to its end. `ended` are the units of what a change before could not remove, and this
   * one has. Throws DeployError where somebody does, EngineError where what is left still will not go.
   */
  async alone<T>(
    change: (replace: (options: ReplaceOptions) => Promise<ReplacedInstance[]>, ended: readonly string[]) => Promise<T>,
  ): Promise<T> {
    if (this.#busy) throw new DeployError('instances are being replaced already; wait for the end of that');
    this.#busy = true;
    try {
      const ended = await this.#endLeft();
      return await change((options) => this.#replace(options), ended);
    } finally {
      this.#busy = false;
    }
  }

  /**
   * Starts one more instance of a unit, ready and in everybody's list when this resolves. Throws DeployError, also where its modules write to a store that instances cannot share, or the
   * signal's reason; then there is none more.
   */
  async add(name: string, options: Pick<ReplaceOptions, 'artifacts' | 'signal'>): Promise<RunningUnit> {
    const unit = this.#known(name);
    const { application, variant } = this.#surroundings.options;
    const { store } = variant.settings;
    const writers = writersIn(unit, application);
    if (writers.length > 0 && !isShared(store))
      throw new DeployError(
        `unit "${name}" can have one instance only: ${writers.join(', ')} write${writers.length === 1 ? 's' : ''} to a store that instances cannot share; with store "postgres" or "postgres-per-unit" they can`,
      );
    return this.alone(async () => {
      const place = { unit: name, instance: this.#fleet.nextInstance(name) };
      const started = await this.#start([place], options, this.#fleet.urls, this.#surroundings.nowMs());
      await this.#orRemove(started, async () => {
        options.signal?.throwIfAborted();
        await assertRunning(started);
        await this.#fleet.serve(new Map([[name, [...this.#fleet.serving(name), ...started]]]), options.signal);
      });
      return this.#fleet.find(name, place.instance).running;
    });
  }

  /**
   * Takes the youngest instance of a unit back, once what is under way in it has ended; beside the only one that serves, what a change before could not remove. Throws DeployError, also
   * where there is nothing but the only one.
   */
  async takeBack(name: string): Promise<void> {
    this.#known(name);
    await this.alone(async (_replace, ended) => {
      const serving = this.#fleet.serving(name);
      // A younger one may have taken the place of an older one.
      const [youngest] = serving.toSorted((a, b) => b.running.instance - a.running.instance);
      if (youngest === undefined || serving.length === 1) {
        if (ended.includes(name)) return;
        throw new DeployError(`unit "${name}" has one instance, which stays; it can be replaced`);
      }
      await this.#fleet.serve(new Map([[name, serving.filter((one) => one !== youngest)]]));
      await this.#end([youngest], this.#surroundings.nowMs());
    });
  }

  #known(name: string): Unit {
    const { units } = this.#surroundings.options.variant.topology;
    const unit = units.find((one) => one.name === name);
    if (unit === undefined)
      throw new DeployError(`there is no unit "${name}"; there are ${units.map((one) => one.name).join(', ')}`);
    return unit;
  }

  async #replace(options: ReplaceOptions): Promise<ReplacedInstance[]> {
    for (const unit of options.units) this.#known(unit);
    const fromMs = this.#surroundings.nowMs();
    switch (options.strategy) {
      case 'recreate':
        return this.#oneByOne(options, (unit) => this.#recreate(unit, options, fromMs));
      case 'rolling':
        return this.#oneByOne(options, (unit) => this.#roll(unit, options, fromMs));
      case 'blue-green':
        return this.#switchOver(options, fromMs);
      default:
        return options.strategy satisfies never;
    }
  }

  async #oneByOne(
    { units, signal }: ReplaceOptions,
    one: (unit: string) => Promise<ReplacedInstance[]>,
  ): Promise<ReplacedInstance[]> {
    const replaced: ReplacedInstance[] = [];
    for (const unit of units) {
      signal?.throwIfAborted();
      replaced.push(...(await one(unit)));
    }
    return replaced;
  }

  async #recreate(unit: string, options: ReplaceOptions, fromMs: number): Promise<ReplacedInstance[]> {
    // Whoever calls it knows these, also where a replacement that failed has left none.
    const places = this.#fleet.told(unit).map(({ instance }) => ({ unit, instance }));
    await this.#removeAll(this.#fleet.serving(unit));
    const switchedMs = this.#surroundings.nowMs() - fromMs;
    const news = await this.#start(places, options, this.#fleet.urls, fromMs);
    for (const instance of news) this.#fleet.takePlace(instance);
    // The site led them to the first alone when that was started.
    if (unit === this.#fleet.entry) this.#fleet.leadPeople();
    return news.map((instance) =>
      record(instance, instance.running.instance, { switchedMs, drainedMs: null, removedMs: switchedMs }),
    );
  }

  async #roll(unit: string, options: ReplaceOptions, fromMs: number): Promise<ReplacedInstance[]> {
    const replaced: ReplacedInstance[] = [];
    const olds = this.#fleet.serving(unit);
    if (olds.length === 0)
      throw new DeployError(`unit "${unit}" has no instance that serves; start it anew with the strategy recreate`);
    for (const old of olds) {
      options.signal?.throwIfAborted();
      const place = { unit, instance: this.#fleet.nextInstance(unit) };
      const [fresh] = await this.#start([place], options, this.#fleet.urls, fromMs);
      if (fresh === undefined) continue;
      await this.#orRemove([fresh], async () => {
        options.signal?.throwIfAborted();
        await assertRunning([fresh]);
        const serving = this.#fleet.serving(unit).map((one) => (one === old ? fresh : one));
        await this.#fleet.serve(new Map([[unit, serving]]), options.signal);
      });
      const switchedMs = this.#surroundings.nowMs() - fromMs;
      const ended = await this.#end([old], fromMs);
      replaced.push(record(fresh, old.running.instance, { switchedMs, ...ended }));
    }
    return replaced;
  }

  async #switchOver(options: ReplaceOptions, fromMs: number): Promise<ReplacedInstance[]> {
    const { site, options: given } = this.#surroundings;
    const blue = this.#fleet.all;
    // As many of each as there are, or were where none is left.
    const places = given.variant.topology.units.flatMap(({ name }) =>
      this.#fleet.told(name).map(() => ({ unit: name, instance: this.#fleet.nextInstance(name) })),
    );
    const urls = new Map<string, string[]>();
    for (const { unit, instance } of places) {
      const { serviceUrl } = await site.addressOfInstance(unit, instance);
      urls.set(unit, [...(urls.get(unit) ?? []), serviceUrl]);
    }
    const green = await this.#start(places, options, urls, fromMs);
    const { entry } = this.#fleet;
    await this.#orRemove(green, async () => {
      options.signal?.throwIfAborted();
      await assertRunning(green);
      // Whatever is behind the green entry knows nothing but green ones.
      await this.#fleet.serve(byUnit(green), options.signal);
    });
    const switchedMs = this.#surroundings.nowMs() - fromMs;
    // The entry first: what is under way in it calls the others.
    const [first, rest] = [
      blue.filter(({ running }) => running.name === entry),
      blue.filter(({ running }) => running.name !== entry),
    ];
    const [ofEntry] = await Promise.allSettled([this.#end(first, fromMs)]);
    const ofRest = await this.#end(rest, fromMs);
    if (ofEntry.status === 'rejected') throw ofEntry.reason;
    const olds = byUnit(blue);
    return green.map((instance) => {
      const { name } = instance.running;
      const old = olds.get(name)?.shift();
      return record(instance, old?.running.instance ?? 0, { switchedMs, ...(name === entry ? ofEntry.value : ofRest) });
    });
  }

  /** Starts them side by side; where one fails, or the signal aborts, none is left. */
  async #start(
    places: readonly { unit: string; instance: number }[],
    { artifacts, signal }: Pick<ReplaceOptions, 'artifacts' | 'signal'>,
    urls: ReadonlyMap<string, readonly string[]>,
    fromMs: number,
  ): Promise<Instance[]> {
    const failure = new AbortController();
    const ends = [failure.signal, this.#vanished, ...(signal === undefined ? [] : [signal])];
    const { site, clocks } = this.#surroundings;
    const begin = places.map(({ unit, instance }) =>
      startInstance(this.#surroundings, {
        ...{ unit: this.#known(unit), instance, artifact: artifacts.get(unit), urls, fromMs },
        signal: AbortSignal.any(ends),
      }),
    );
    try {
      const started = await firstFailureWins(begin, failure);
      for (const instance of started) this.#fleet.join(instance);
      await Promise.all(started.map(({ running, control }) => clocks.measureUnit(running.name, () => control.clock())));
      return started;
    } catch (error) {
      const ofPlaces = places.map((place) => {
        const running = site.units.find(({ name, instance }) => name === place.unit && instance === place.instance);
        if (running === undefined) tellState(this.#surroundings, place.unit, place.instance, 'stopped');
        return running ?? [];
      });
      await Promise.allSettled(ofPlaces.flat().map((running) => this.#remove(running)));
      throw error;
    }
  }

  /** The new ones are removed where they could not take over. */
  async #orRemove(fresh: readonly Instance[], takeOver: () => Promise<void>): Promise<void> {
    try {
      await takeOver();
    } catch (error) {
      await Promise.allSettled(fresh.map(({ running }) => this.#remove(running)));
      throw error;
    }
  }

  /** Ends old ones that nobody calls any more: what is under way in them ends first. One that does not answer has nothing to hand over. */
  async #end(olds: readonly Instance[], fromMs: number): Promise<{ drainedMs: number | null; removedMs: number }> {
    const drained = await Promise.all(
      olds.map(async ({ control, running }) => {
        // One that stands still ends nothing, however long one waits.
        if (await standsStill(running)) return false;
        return control.drain().then(
          ({ settled }) => settled,
          () => false,
        );
      }),
    );
    const drainedMs = drained.includes(false) ? null : this.#surroundings.nowMs() - fromMs;
    await this.#removeAll(olds);
    return { drainedMs, removedMs: this.#surroundings.nowMs() - fromMs };
  }

  /** Ends what is there and serves nobody: a change before could not remove it, and it may work on data that one instance alone may write to. Gives the units that it was of. */
  async #endLeft(): Promise<string[]> {
    const { site, options } = this.#surroundings;
    const { units } = options.variant.topology;
    const serving = new Set(units.flatMap(({ name }) => this.#fleet.serving(name)).map(({ running }) => running));
    const left = site.units.filter((one) => !serving.has(one) && units.some(({ name }) => name === one.name));
    await Promise.all(left.map((running) => this.#remove(running)));
    return left.map(({ name }) => name);
  }

  /** Every one is asked, also where one will not go; then throws why. */
  async #removeAll(instances: readonly Instance[]): Promise<void> {
    const removed = await Promise.allSettled(instances.map(({ running }) => this.#remove(running)));
    for (const one of removed) if (one.status === 'rejected') throw one.reason;
  }

  /** Asks again where the engine stumbles: what is not removed goes on working on the data beside what serves. */
  async #remove(running: RunningUnit): Promise<void> {
    const { site, options, nowMs } = this.#surroundings;
    const untilMs = nowMs() + stumbleMs;
    for (let asked = 1; ; asked += 1) {
      try {
        await running.remove();
        break;
      } catch (error) {
        if ((asked > 1 && nowMs() >= untilMs) || site.vanished.aborted) throw error;
      }
      await options.laboratory.clock.delay(againMs, site.vanished).catch(() => undefined);
    }
    this.#fleet.leave(running);
    tellState(this.#surroundings, running.name, running.instance, 'stopped');
  }
}

/** Whoever was ready and has ended since is nobody to lead people to. Throws DeployError, or EngineError where that cannot be told. */
async function assertRunning(instances: readonly Instance[]): Promise<void> {
  for (const { running } of instances) {
    const { state } = await running.status();
    if (state !== 'running')
      throw new DeployError(`unit "${running.name}" was ready and ended before anybody was led to it`);
  }
}

const standsStill = (running: RunningUnit): Promise<boolean> =>
  running.status().then(
    ({ state }) => state === 'paused',
    () => false,
  );

function byUnit(instances: readonly Instance[]): Map<string, Instance[]> {
  const found = new Map<string, Instance[]>();
  for (const instance of instances) {
    const { name } = instance.running;
    found.set(name, [...(found.get(name) ?? []), instance]);
  }
  return found;
}

function record(
  { running, timeline }: Instance,
  from: number,
  ends: Pick<ReplacedInstance, 'switchedMs' | 'drainedMs' | 'removedMs'>,
): ReplacedInstance {
  const { createStartMs, createdMs, startedMs, readyMs } = timeline;
  return { unit: running.name, from, to: running.instance, createStartMs, createdMs, startedMs, readyMs, ...ends };
}
