import type { Round, Variant } from '../model/index.ts';
import { EngineError } from '../runtime/index.ts';
import { StorageError } from '../storage/index.ts';
import { ExperimentError } from './check.ts';

/** Whether every later round would fail for the same reason, so that going on only wastes the user's time. */
export function endsTheRun(error: unknown): boolean {
  if (error instanceof ExperimentError || error instanceof StorageError) return true;
  return error instanceof EngineError && ['no-engine', 'disk-full', 'vanished'].includes(error.kind);
}

/**
 * Throws ExperimentError when a variant failed in every round so far: without it there is nothing to compare, and what keeps it from
 * running now will do so in the next block.
 */
export function assertAllRun(variants: readonly Variant[], rounds: readonly Round[]): void {
  for (const { name } of variants) {
    const own = rounds.filter((round) => round.variant === name);
    const last = own.at(-1);
    if (last === undefined || own.some((round) => round.status !== 'failed')) continue;
    throw new ExperimentError(`variant "${name}" could not be measured: ${last.reasons.join('; ')}`);
  }
}
