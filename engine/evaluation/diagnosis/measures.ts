import { faultLabel, type DiagnosisMeasurement, type Round, type Search } from '../../model/index.ts';
import { observed, sum, type Measure, type MeasureContext } from '../measure.ts';

/** How far it was from failing requests to each fault; nothing of a fault under which no request failed. */
export function diagnosisMeasures({ experiment }: MeasureContext): Measure[] {
  const labels = new Set((experiment.probes.diagnosis?.faults ?? []).map(faultLabel));
  return [...labels].flatMap((label): Measure[] => {
    const scope = { fault: label };
    const of = (round: Round): DiagnosisMeasurement | undefined =>
      round.diagnosis?.find((one) => one.label === label && one.searches.length > 0);
    const mean = (value: (search: Search) => number) => (round: Round) => {
      const searches = of(round)?.searches;
      return searches === undefined ? null : observed(sum(searches.map(value)) / searches.length);
    };
    const named = (round: Round) => {
      const one = of(round);
      return one === undefined
        ? null
        : {
            successes: one.searches.filter((search) => isNamed(search, one.module)).length,
            trials: one.searches.length,
          };
    };
    return [
      {
        ...{ metric: 'cause-named', scope, counts: named },
        read: (round) => {
          const counts = named(round);
          return counts === null ? null : observed(counts.successes / counts.trials);
        },
      },
      { metric: 'suspects-left', scope, read: mean(({ suspects }) => suspects.length) },
      { metric: 'search-steps', scope, read: mean(({ steps }) => steps.length) },
      { metric: 'lines-read', scope, read: mean(({ steps }) => sum(steps.map(({ lines }) => lines))) },
    ];
  });
}

/** Whether a search ended at the faulted module and at no other. */
export function isNamed({ suspects }: Pick<Search, 'suspects'>, module: string): boolean {
  return suspects.length === 1 && suspects[0] === module;
}
