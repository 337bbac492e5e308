import type { Clock } from '../clock/index.ts';
import type { RunningUnit, UnitEvent } from '../runtime/index.ts';
import { DeployError } from './deploy-error.ts';

/** How far the engine's word for a moment may be from that of the call that caused it, ms. */
const toleranceMs = 1000;

type Parked = Pick<RunningUnit, 'pause' | 'resume'>;

/** What is held still, in this order: whom people ask first, and last what all others ask. */
export interface Standing {
  entries: readonly Parked[];
  others: readonly Parked[];
  /** Servers of the store. */
  databases: readonly Parked[];
}

/** Holds a deployment still while another one is measured. It is no fault: whoever follows events is told nothing of it. */
export class Parking {
  readonly #units: () => Standing;
  readonly #clock: Pick<Clock, 'nowMs'>;
  readonly #spans: { fromMs: number; untilMs: number }[] = [];
  #parked = false;

  /** @param units those that there are when it is parked */
  constructor(units: () => Standing, clock: Pick<Clock, 'nowMs'>) {
    this.#units = units;
    this.#clock = clock;
  }

  /** Throws DeployError while it is parked: whoever is started or asked then would wait for ones that stand still. */
  assertAwake(): void {
    if (this.#parked)
      throw new DeployError(
        'the deployment is held still while another one is measured; nothing in it can be replaced',
      );
  }

  async park(signal?: AbortSignal): Promise<void> {
    if (this.#parked) return;
    this.#parked = true;
    this.#spans.push({ fromMs: this.#clock.nowMs(), untilMs: Infinity });
    const { entries, others, databases } = this.#units();
    for (const units of [entries, others, databases]) await Promise.all(units.map((unit) => unit.pause(signal)));
  }

  async unpark(signal?: AbortSignal): Promise<void> {
    if (!this.#parked) return;
    const { entries, others, databases } = this.#units();
    for (const units of [databases, others, entries]) await Promise.all(units.map((unit) => unit.resume(signal)));
    this.#parked = false;
    const span = this.#spans.at(-1);
    if (span !== undefined) span.untilMs = this.#clock.nowMs();
  }

  /** Whether an event is of parking. `atMs` by the laboratory's clock. */
  caused({ kind, atMs }: Pick<UnitEvent, 'kind' | 'atMs'>): boolean {
    if (kind !== 'pause' && kind !== 'resume') return false;
    return this.#spans.some(({ fromMs, untilMs }) => atMs >= fromMs - toleranceMs && atMs <= untilMs + toleranceMs);
  }
}
