import type { Laboratory } from '../../engine/deploy/index.ts';
import type { runExperiment } from '../../engine/experiment/index.ts';
import type { AppSettings, Experiment, LabEvent, Result } from '../../engine/model/index.ts';
import { Problem } from '../host-protocol/index.ts';

/** The one running experiment. */
export interface Runs {
  /** Settles once it runs; throws when it cannot begin. */
  start(
    experiment: Experiment,
    laboratory: Laboratory,
    settings: AppSettings,
    /** A result whose blocks are kept. */
    continues?: Result,
  ): Promise<{ runId: string }>;
  cancel(runId: string): void;
  /** Cancels and waits until everything is removed. */
  stop(): Promise<void>;
  readonly active: boolean;
}

export interface RunsOptions {
  onEvent: (runId: string, event: LabEvent) => void;
  /** A result was written. */
  onStored: () => void;
  run?: typeof runExperiment;
}

interface Running {
  runId: string | null;
  controller: AbortController;
  ended: Promise<unknown>;
}

// Large, and not needed to open the window.
const runLate: typeof runExperiment = async (...args) =>
  (await import('../../engine/experiment/index.ts')).runExperiment(...args);

/** Nothing runs yet. */
export function openRuns({ onEvent, onStored, run = runLate }: RunsOptions): Runs {
  let current: Running | null = null;

  return {
    start: async (experiment, laboratory, settings, continues) => {
      if (current !== null)
        throw new Problem('run-active', 'An experiment is running already.', 'Wait for it to end, or cancel it.');
      const controller = new AbortController();
      const mine: Running = { runId: null, controller, ended: Promise.resolve() };
      current = mine;
      const waiting: LabEvent[] = [];
      const begun = new Promise<{ runId: string }>((resolve, reject) => {
        const take = (event: LabEvent) => {
          if (event.type === 'run-started') {
            mine.runId = event.runId;
            resolve({ runId: event.runId });
            for (const earlier of waiting.splice(0)) onEvent(event.runId, earlier);
          }
          if (mine.runId === null) waiting.push(event);
          else onEvent(mine.runId, event);
        };
        mine.ended = run(withSettings(experiment, settings), {
          laboratory,
          signal: controller.signal,
          onEvent: take,
          engineAddress: settings.engineAddress ?? undefined,
          ...(continues === undefined ? {} : { continues }),
        })
          .then(onStored, (error: unknown) => {
            reject(error instanceof Error ? error : new Error(String(error)));
            onStored();
          })
          .finally(() => {
            current = null;
          });
      });
      return begun;
    },
    cancel: (runId) => {
      if (current === null || current.runId !== runId)
        throw new Problem('not-running', 'This experiment is not running any more.');
      if (!current.controller.signal.aborted) {
        onEvent(runId, {
          atMs: Date.now(),
          type: 'cancelling',
          text: 'Cancelling: faults are undone and everything that was created is removed',
        });
      }
      current.controller.abort(new Error('cancelled by the user'));
    },
    stop: async () => {
      const stopping = current;
      if (stopping === null) return;
      stopping.controller.abort(new Error('Cleave is quitting'));
      await stopping.ended.catch(() => undefined);
    },
    get active() {
      return current !== null;
    },
  };
}

/** The person's settings fill what the experiment leaves open. */
export function withSettings(experiment: Experiment, settings: AppSettings): Experiment {
  return {
    ...experiment,
    runtime: experiment.runtime === 'auto' ? settings.runtime : experiment.runtime,
    resources: {
      cpus: experiment.resources.cpus ?? settings.cpus,
      memoryBytes: experiment.resources.memoryBytes ?? settings.memoryBytes,
    },
  };
}
