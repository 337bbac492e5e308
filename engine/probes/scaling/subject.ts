import type { Deployment } from '../../deploy/index.ts';
import { scalingLoads, unitOf, type ScalingLoad, type ScalingSettings } from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import { journeysOf } from './loads.ts';

/** In periods this short a share of a tenth of a processor does not stop for longer than an answer takes, ms. */
const periodMs = 10;
/** How long what queued up in a step that was missed has, without limits, to come to its end, ms: requests are given up after the deadline. */
const relieveMs = 700;

/** A deployment whose instances are held to equal shares of a budget, and of one unit of which there are more or fewer. */
export class Subject {
  readonly #context: ProbeContext;
  readonly settings: ScalingSettings;
  readonly unit: string;
  /** Of that unit, and of all, in the variant's topology. */
  readonly declared: number;
  readonly total: number;
  readonly coresEach: number;
  /** Loads that some instance has not worked under since it was started. */
  readonly #unknown = new Set<ScalingLoad>(scalingLoads);

  constructor(context: ProbeContext, settings: ScalingSettings, totalCores: number) {
    this.#context = context;
    this.settings = settings;
    const { topology } = context.deployment.variant;
    const { name, instances = 1 } = unitOf(topology, settings.hot);
    this.unit = name;
    this.declared = instances;
    this.total = topology.units.reduce((sum, { instances: count = 1 }) => sum + count, 0);
    this.coresEach = totalCores / this.total;
  }

  get #deployment(): Deployment {
    return this.#context.deployment;
  }

  hold(): Promise<void> {
    return this.#deployment.holdEach({ cores: this.coresEach, periodMs }, this.#context.signal);
  }

  release(): Promise<void> {
    return this.#deployment.holdEach(null);
  }

  /** Ends what a missed step has left, so that the next one finds nobody waiting. */
  async relieve(): Promise<void> {
    await this.release();
    await this.#deployment.clock.delay(relieveMs, this.#context.signal);
    await this.hold();
  }

  /** Holds all instances to their shares; where some have not worked under this load since they were started, once they have, without limits, at the experiment's rate for each instance. */
  async settle(load: ScalingLoad): Promise<void> {
    if (this.#unknown.delete(load)) {
      await this.release();
      await this.#warm(load);
    }
    await this.hold();
  }

  async #warm(load: ScalingLoad): Promise<void> {
    const { settleMs, search } = this.settings;
    const serving = this.#serving();
    const instances = this.total - this.declared + serving;
    const { endpoints } = await startLoad(this.#context, {
      ...{ phase: `settling, ${load} load ×${serving}`, durationMs: settleMs },
      journeys: this.journeys(load),
      journeysPerSecond: Math.min(
        search.maxJourneysPerSecond,
        instances * this.#context.experiment.load.journeysPerSecond,
      ),
    }).done;
    const sum = (of: (one: { scheduled: number; good: number }) => number): number =>
      Object.values(endpoints).reduce((total, one) => total + of(one), 0);
    // New code may be too slow for it, and what queued up would be met by the first step.
    const isMet = sum((one) => one.good) >= search.objective.availability * sum((one) => one.scheduled);
    if (!isMet) await this.#deployment.clock.delay(relieveMs, this.#context.signal);
  }

  /** Starts further instances of the unit, or takes the youngest back, without limits. */
  async bring(count: number): Promise<void> {
    await this.release();
    while (this.#serving() < count) await this.addOne();
    while (this.#serving() > count) {
      this.#context.signal.throwIfAborted();
      await this.#deployment.takeInstanceBack(this.unit);
    }
  }

  async addOne(): Promise<void> {
    await this.#deployment.addInstance(this.unit, this.#context.signal);
    for (const load of scalingLoads) this.#unknown.add(load);
  }

  journeys(load: ScalingLoad): ReturnType<typeof journeysOf> {
    return journeysOf(load, this.#deployment.application, this.settings.hot);
  }

  #serving(): number {
    return this.#deployment.serving(this.unit).length;
  }
}
