import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/index.ts';
import type { LabEvent } from '../model/index.ts';
import { inFull } from '../runtime/index.ts';

interface Place {
  parentId?: string;
  roundId?: string;
}

/** Runs pieces of work as named steps that an observer can follow. */
export class Steps {
  readonly #clock: Clock;
  readonly #onEvent: (event: LabEvent) => void;
  readonly #signal: AbortSignal;

  constructor(clock: Clock, onEvent: (event: LabEvent) => void, signal: AbortSignal) {
    this.#clock = clock;
    this.#onEvent = onEvent;
    this.#signal = signal;
  }

  /** Announces the step, does it, and announces how it ended. `parentId` and `roundId` place it in the list. Throws when the run is cancelled already. */
  async run<T>(title: string, work: (stepId: string) => Promise<T>, place: Place = {}): Promise<T> {
    this.#signal.throwIfAborted();
    return this.runAnyway(title, work, place);
  }

  /** As `run`, for what has to be done although the run is cancelled. */
  async runAnyway<T>(title: string, work: (stepId: string) => Promise<T>, place: Place = {}): Promise<T> {
    const stepId = randomUUID();
    const from = this.#clock.monotonicMs();
    const end = (outcome: 'done' | 'failed' | 'cancelled', detail: string | null) =>
      this.#onEvent({
        atMs: this.#clock.nowMs(),
        type: 'step-ended',
        stepId,
        outcome,
        durationMs: this.#clock.monotonicMs() - from,
        detail,
      });
    this.#onEvent({
      atMs: this.#clock.nowMs(),
      type: 'step-started',
      stepId,
      parentId: place.parentId ?? null,
      roundId: place.roundId ?? null,
      title,
    });
    try {
      const value = await work(stepId);
      end('done', null);
      return value;
    } catch (error) {
      if (this.#signal.aborted) end('cancelled', null);
      else end('failed', inFull(error));
      throw error;
    }
  }
}
