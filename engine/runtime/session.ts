import { EngineError } from './errors.ts';
import type { RunIdentity } from './types.ts';

/** Refuses a run of another session: the reaper removes what belongs to the session that the runtime was opened with, and nothing else. */
export function assertSession(run: RunIdentity, session: string): void {
  if (run.session !== session)
    throw new EngineError(
      'engine',
      `The run "${run.run}" is of session "${run.session}", the runtime of "${session}"; they must be the same`,
    );
}
