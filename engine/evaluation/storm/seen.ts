import type { Application, Round, StormMeasurement, StormOutcome } from '../../model/index.ts';
import { deriveStorm } from './derive.ts';

/** A storm of a round with everything that is derived from what was observed; null where it was not raised or its slices are not there. */
export interface SeenStorm {
  measured: StormMeasurement;
  outcome: StormOutcome | null;
}

/** Under which phase a round keeps the slices of the storm's load. */
export const stormPhase = 'storm';
/** The phase of its load where the first did not begin steadily. */
export const stormPhaseAgain = `${stormPhase} again`;

const known = new WeakMap<Round, SeenStorm | null>();

/** The storm of a round; null where it had none. That of a version 1 result kept what that version derived and no slices. */
export function stormSeen(round: Round, application: Application): SeenStorm | null {
  const found = known.get(round);
  if (found !== undefined) return found;
  const measured = round.storm ?? null;
  const seen = measured === null ? null : { measured, outcome: outcomeOf(measured, round, application) };
  known.set(round, seen);
  return seen;
}

function outcomeOf(measured: StormMeasurement, { lines }: Round, application: Application): StormOutcome | null {
  if (measured.status !== 'applied') return null;
  return measured.legacy ?? deriveStorm(measured, lines[stormPhase] ?? [], application);
}
