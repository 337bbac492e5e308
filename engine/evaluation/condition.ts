import { DISTURBANCE_LIMITS, faultPart, measures, type Application, type Part, type Round } from '../model/index.ts';
import { faultsSeen } from './isolation/seen.ts';
import { stormSeen } from './storm/index.ts';

/**
 * How far a part of a round can be trusted. `disturbed`: the machine was not quiet; `invalid`: the generator, not the application, shaped its
 * numbers, or its times cannot be; `missing`: it was not measured.
 */
export type Condition = 'good' | 'disturbed' | 'invalid' | 'missing';

/** Better conditions have smaller ranks. */
export const conditionRank: Record<Condition, number> = { good: 0, disturbed: 1, invalid: 2, missing: 3 };

/** Rounds that did not end give no numbers. */
export const counts = (round: Round): boolean => round.status !== 'failed' && round.status !== 'cancelled';

/** Whether nothing in a round can be believed: it is invalid, and that is not the generator's doing. */
export const isImpossible = ({ status, latency }: Round): boolean =>
  status === 'invalid' && (latency === null || latency.generator.valid);

/** The condition of one part of a round. */
export function conditionOf(round: Round, part: Part, application: Application): Condition {
  if (!counts(round) || !measures(round.only, part)) return 'missing';
  if (isImpossible(round)) return 'invalid';
  switch (part) {
    case 'latency':
      if (round.latency === null) return 'missing';
      return round.status === 'invalid' || round.status === 'disturbed' ? round.status : 'good';
    case 'higher':
      if (round.higher === null) return 'missing';
      if (!round.higher.load.generator.valid) return 'invalid';
      return round.higher.load.generator.disturbances.length > 0 ? 'disturbed' : 'good';
    case 'storm':
      return conditionOfStorm(round, application);
    case 'deployment':
    case 'consistency':
    case 'capacity':
    case 'hops':
      // Not watched themselves: the machine was as it was when response times were measured.
      if (round[part] === null) return 'missing';
      return round.status === 'completed' ? 'good' : 'disturbed';
    default:
      return conditionOfFault(round, part, application);
  }
}

function conditionOfStorm(round: Round, application: Application): Condition {
  const { storm, generators } = round;
  if (storm?.status === 'cannot-happen') return 'good';
  if ((stormSeen(round, application)?.outcome ?? null) === null) return 'missing';
  const generator = generators['storm again'] ?? generators['storm'];
  // Some tenths of a millisecond in a percentile are nothing beside what a storm does.
  if (generator?.saturated) return 'invalid';
  return (generator?.disturbances.length ?? 0) > 0 ? 'disturbed' : 'good';
}

function conditionOfFault(round: Round, part: Part, application: Application): Condition {
  const fault = faultsSeen(round, application).find(({ measured }) => faultPart(measured.label) === part);
  if (fault?.measured.status === 'cannot-happen') return 'good';
  if (fault?.measured.status !== 'applied') return 'missing';
  if (round.generators['isolation']?.saturated) return 'invalid';
  return (fault.outcome?.withheldShare ?? 0) > DISTURBANCE_LIMITS.withheldShare ? 'disturbed' : 'good';
}
