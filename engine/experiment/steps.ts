import { randomUUID } from 'node:crypto';
import type { LabEvent } from '../model/index.ts';
import { inFull } from '../runtime/index.ts';

interface Place {
  parentId?: string;
  roundId?: string;
}

/** Runs pieces of work as named steps that an observer can follow. */
export class Steps {
  readonly #onEvent: (event: LabEvent) => void;
  readonly #signal: AbortSignal;

  constructor(onEvent: (event: LabEvent) => void, signal: AbortSignal) {
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
    const from = performance.now();
    const end = (outcome: 'done' | 'failed' | 'cancelled', detail: string | null) =>
      this.#onEvent({
        atMs: Date.now(),
        type: 'step-ended',
        stepId,
        outcome,
        durationMs: performance.now() - from,
        detail,
      });
    this.#onEvent({
      atMs: Date.now(),
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
