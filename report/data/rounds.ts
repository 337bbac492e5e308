import { metrics, type Result, type Round } from '../../engine/model/index.ts';
import { evaluated, type Scope } from './quantity.ts';
import { remember } from './remember.ts';

/** One measured value of one round, in the long form that tables and spreadsheets like. */
export interface RoundValue {
  round: string;
  block: number;
  position: number;
  attempt: number;
  variant: string;
  /** True for the second copy of the baseline. */
  replica: boolean;
  status: Round['status'];
  metric: string;
  scope: Scope;
  unit: string;
  value: number;
  /** The true value is at least this. */
  atLeast: boolean;
}

/** The values of every round of a result, in the order they ran, read as the findings read them; what was not measured is left out. */
export const allValues = remember((result: Result): RoundValue[] => {
  const measures = evaluated(result).measures.filter(({ scope }) => scope.endpoint === undefined);
  return result.rounds.flatMap((round) =>
    measures.flatMap(({ metric, scope, read }): RoundValue[] => {
      const seen = read(round);
      if (seen === null) return [];
      const { id, block, position, attempt, variant, replica, status } = round;
      return [
        {
          ...{ round: id, block, position, attempt, variant, replica, status, metric },
          ...{ scope, unit: metrics[metric].unit, value: seen.value, atLeast: seen.censored },
        },
      ];
    }),
  );
});
