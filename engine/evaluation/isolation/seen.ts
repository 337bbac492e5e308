import type { Application, IsolationMeasurement, IsolationOutcome, Round } from '../../model/index.ts';
import { deriveOutcome } from './derive.ts';

/** A fault of a round with everything that is derived from what was observed; null where it was not done. */
export interface SeenFault {
  measured: IsolationMeasurement;
  outcome: IsolationOutcome | null;
}

/** Under which phase a round keeps the slices of the load that faults are done under. */
export const isolationPhase = 'isolation';

const known = new WeakMap<Round, SeenFault[]>();

/** The faults of a round. Those of a version 1 result kept what that version derived and no slices. */
export function faultsSeen(round: Round, application: Application): SeenFault[] {
  const found = known.get(round);
  if (found !== undefined) return found;
  const slices = round.lines[isolationPhase] ?? [];
  const seen = round.isolation.map((measured): SeenFault => {
    if (measured.status !== 'applied') return { measured, outcome: null };
    return { measured, outcome: measured.legacy ?? deriveOutcome(measured, slices, application) };
  });
  known.set(round, seen);
  return seen;
}
