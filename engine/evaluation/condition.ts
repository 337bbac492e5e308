import {
  measures,
  probeOfPart,
  whyUnbelievable,
  type Application,
  type Part,
  type ProbeKey,
  type Round,
} from '../model/index.ts';
import { evaluationOf } from './all-measures.ts';
import type { Condition } from './probe.ts';

export type { Condition } from './probe.ts';

/** Better conditions have smaller ranks. */
export const conditionRank: Record<Condition, number> = { good: 0, disturbed: 1, invalid: 2, missing: 3 };

/** Rounds that did not end give no numbers. */
export const counts = (round: Round): boolean => round.status !== 'failed' && round.status !== 'cancelled';

/** Whether nothing in a round can be believed: it is invalid, and that is not the generator's doing, or not its alone. */
export const isImpossible = (round: Round): boolean => {
  const { status, latency } = round;
  if (status !== 'invalid') return false;
  return latency === null || latency.generator.valid || whyUnbelievable(round).length > 0;
};

/** The condition of one part of a round. */
export function conditionOf(round: Round, part: Part, application: Application): Condition {
  if (!counts(round) || !measures(round.only, part)) return 'missing';
  if (isImpossible(round)) return 'invalid';
  const probe = probeOfPart(part);
  return evaluationOf(probe)?.conditionOf?.(round, part, application) ?? asTheMachine(round, probe);
}

/** Why a part with a load of its own is invalid or disturbed, each in words; what the round says of itself is not among it. */
export function whyNotGood(round: Round, part: Part, application: Application): string[] {
  if (!counts(round) || isImpossible(round)) return [];
  const evaluation = evaluationOf(probeOfPart(part));
  const generator = evaluation?.generatorOf?.(round, part) ?? null;
  const condition = conditionOf(round, part, application);
  switch (condition) {
    case 'good':
    case 'missing':
      return [];
    case 'invalid':
      return generator?.reasons ?? [];
    case 'disturbed':
      return evaluation?.whyDisturbed?.(round, part, application) ?? generator?.disturbances ?? [];
    default:
      return condition satisfies never;
  }
}

/** The machine was as it was when response times were measured. */
function asTheMachine(round: Round, probe: ProbeKey): Condition {
  if (round[probe] === null) return 'missing';
  return round.status === 'completed' ? 'good' : 'disturbed';
}
