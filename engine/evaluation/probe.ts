import type { Application, GeneratorHealth, Part, Round } from '../model/index.ts';
import type { Measure, MeasureContext } from './measure.ts';

/**
 * How far a part of a round can be trusted. `disturbed`: the machine was not quiet; `invalid`: the generator, not the application, shaped its
 * numbers, or its times cannot be; `missing`: it was not measured.
 */
export type Condition = 'good' | 'disturbed' | 'invalid' | 'missing';

/** How the rounds of one probe become numbers. */
export interface ProbeEvaluation {
  /** Everything of it that is compared, in the order of the report. */
  measures: (context: MeasureContext) => Measure[];
  /** The part of a round that one of its measures is read from; left out: the part that bears the probe's name. */
  partOf?: (scope: Measure['scope']) => Part;
  /**
   * The condition of one of its parts in a round that ended and is possible. Left out: it is not watched itself, and the machine was as it was when
   * response times were measured.
   */
  conditionOf?: (round: Round, part: Part, application: Application) => Condition;
  /** The check of itself of the generator that ran a load for this part alone. Left out: none did. */
  generatorOf?: (round: Round, part: Part) => GeneratorHealth | null;
  /** Why one of its parts is disturbed, in words. Left out: what the generator of that part says. */
  whyDisturbed?: (round: Round, part: Part, application: Application) => string[];
  /** Whether what made its part invalid is in this measure of it. Left out: never, as with the memory of the units. */
  isSpoilt?: (measure: Pick<Measure, 'metric' | 'scope'>, round: Round) => boolean;
}
