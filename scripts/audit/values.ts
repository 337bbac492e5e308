import type { Value } from './histogram.ts';
import type { Reading } from './probe.ts';
import { probeOf, type Round } from './probes.ts';
import type { Count } from './proportion.ts';
import type { ResultFile } from './result-file.ts';
import type { Scope } from './round.ts';

/** Reads the numbers of rounds. What was read once is kept. */
export class Reader {
  readonly #reading: Reading;
  readonly #known = new Map<string, unknown>();

  constructor({ application, experiment, rounds }: ResultFile) {
    const once = <T>(key: string, make: () => T): T => {
      if (!this.#known.has(key)) this.#known.set(key, make());
      return this.#known.get(key) as T;
    };
    this.#reading = { application, experiment, rounds, once };
  }

  /** The value of one metric in one round; null where the round has none; undefined for a metric that is not known. */
  value(round: Round, metric: string, scope: Scope): Value | null | undefined {
    const key = JSON.stringify([round.id, metric, scope.endpoint, scope.fault, scope.change, scope.rate]);
    return this.#reading.once(key, () => probeOf(metric)?.value(round, metric, scope, this.#reading));
  }

  /** The requests behind a share or a count; null where none are counted. */
  counts(round: Round, metric: string, scope: Scope): Count | null {
    return probeOf(metric)?.counts?.(round, metric, scope, this.#reading) ?? null;
  }
}
