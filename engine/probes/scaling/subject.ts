import type { Deployment } from '../../deploy/index.ts';
import { unitOf, type ScalingLoad, type ScalingSettings } from '../../model/index.ts';
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

  /** Brings the unit to so many instances, warm and held to their shares. */
  async settle(count: number): Promise<void> {
    await this.release();
    await this.bring(count);
    const { settleMs, hot } = this.settings;
    const { application } = this.#deployment;
    await startLoad(this.#context, {
      ...{ phase: `settling ${this.unit} ×${count}`, durationMs: settleMs },
      journeys: journeysOf('skewed', application, hot),
    }).done;
    await this.hold();
  }

  /** Starts further instances of the unit, or takes the youngest back. */
  async bring(count: number): Promise<void> {
    while (this.#serving() < count) await this.addOne();
    while (this.#serving() > count) {
      this.#context.signal.throwIfAborted();
      await this.#deployment.takeInstanceBack(this.unit);
    }
  }

  async addOne(): Promise<void> {
    await this.#deployment.addInstance(this.unit, this.#context.signal);
  }

  journeys(load: ScalingLoad): ReturnType<typeof journeysOf> {
    return journeysOf(load, this.#deployment.application, this.settings.hot);
  }

  #serving(): number {
    return this.#deployment.serving(this.unit).length;
  }
}
