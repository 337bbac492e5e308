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
   * is carried through. With `recreate` nothing serves after a failed start.
   */
  async replace(options: ReplaceOptions): Promise<ReplacedInstance[]> {
    return this.alone((replace) => replace(options));
  }

  /** Does something that replaces units as one change: nobody else replaces any from its beginning to its end. Throws DeployError where somebody does. */
  async alone<T>(
    change: (replace: (options: ReplaceOptions) => Promise<ReplacedInstance[]>) => Promise<T>,
  ): Promise<T> {
    if (this.#busy) throw new DeployError('instances are being replaced already; wait for the end of that');
    this.#busy = true;
    try {
      return await change((options) => this.#replace(options));
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

  /** Takes the youngest instance of a unit back, once what is under way in it has ended. Throws DeployError, also where it is the only one. */
  async takeBack(name: string): Promise<void> {
    this.#known(name);
    await this.alone(async () => {
      const serving = this.#fleet.serving(name);
      const last = serving.at(-1);
      if (last === undefined || serving.length === 1)
        throw new DeployError(`unit "${name}" has one instance, which stays; it can be replaced`);
      await this.#fleet.serve(new Map([[name, serving.slice(0, -1)]]));
      await this.#end([last], this.#surroundings.nowMs());
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
    const olds = this.#fleet.serving(unit);
    // A unit whose last replacement failed has none: it is started anew.
    const numbers = olds.length === 0 ? [0] : olds.map(({ running }) => running.instance);
    await Promise.all(olds.map((old) => this.#remove(old)));
    const switchedMs = this.#surroundings.nowMs() - fromMs;
    const news = await this.#start(
      numbers.map((instance) => ({ unit, instance })),
      options,
      this.#fleet.urls,
      fromMs,
    );
    for (const instance of news) this.#fleet.takePlace(instance);
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
    // As many of each as there are; one of a unit of which none is left.
    const places = given.variant.topology.units.flatMap(({ name }) =>
      Array.from({ length: Math.max(1, this.#fleet.serving(name).length) }, () => ({
        unit: name,
        instance: this.#fleet.nextInstance(name),
      })),
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
    const ofEntry = await this.#end(first, fromMs);
    const ofRest = await this.#end(rest, fromMs);
    const olds = byUnit(blue);
    return green.map((instance) => {
      const { name } = instance.running;
      const old = olds.get(name)?.shift();
      return record(instance, old?.running.instance ?? 0, { switchedMs, ...(name === entry ? ofEntry : ofRest) });
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
      const isOurs = (name: string, number: number): boolean =>
        places.some(({ unit, instance }) => unit === name && instance === number);
      await Promise.allSettled(
        site.units.filter(({ name, instance }) => isOurs(name, instance)).map((running) => running.remove()),
      );
      for (const one of this.#fleet.all) if (isOurs(one.running.name, one.running.instance)) this.#fleet.leave(one);
      for (const { unit, instance } of places) tellState(this.#surroundings, unit, instance, 'stopped');
      throw error;
    }
  }

  /** The new ones are removed where they could not take over. */
  async #orRemove(fresh: readonly Instance[], takeOver: () => Promise<void>): Promise<void> {
    try {
      await takeOver();
    } catch (error) {
      await Promise.allSettled(fresh.map((instance) => this.#remove(instance)));
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
    await Promise.all(olds.map((old) => this.#remove(old)));
    return { drainedMs, removedMs: this.#surroundings.nowMs() - fromMs };
  }

  async #remove(instance: Instance): Promise<void> {
    await instance.running.remove();
    this.#fleet.leave(instance);
    tellState(this.#surroundings, instance.running.name, instance.running.instance, 'stopped');
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
