import { isNamed } from '../../../engine/evaluation/index.ts';
import type { DiagnosisMeasurement, Result, Search } from '../../../engine/model/index.ts';
import { mean, sum } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';

/** The searches of one variant under one fault, over all rounds. */
export interface DiagnosisView {
  variant: VariantView;
  label: string;
  module: string;
  /** Failing requests that were followed, and those whose search ended at the faulted module alone. */
  followed: number;
  named: number;
  /** Means over those that were followed; null where none was. */
  steps: number | null;
  lines: number | null;
  suspects: number | null;
  /** Why it was not done in the first round that says so; null where it was done in all. */
  notDone: string | null;
  /** The first search whose lines were kept. */
  example: Search | null;
}

/** What each fault of the result was to find, by fault and then by variant; a fault under which nothing failed anywhere included. */
export const diagnosesOf = remember((result: Result): DiagnosisView[] => {
  const variants = variantsOf(result);
  const labels = new Set(result.rounds.flatMap(({ diagnosis = [] }) => diagnosis.map(({ label }) => label)));
  return [...labels].flatMap((label) =>
    variants.flatMap((variant) => {
      const measured = variant
        .roundsOf('diagnosis')
        .flatMap(({ diagnosis = [] }) => diagnosis.filter((one) => one.label === label));
      return measured.length === 0 ? [] : [viewOf(variant, label, measured)];
    }),
  );
});

function viewOf(variant: VariantView, label: string, measured: readonly DiagnosisMeasurement[]): DiagnosisView {
  const searches = measured.flatMap((one) => one.searches);
  return {
    ...{ variant, label, module: measured[0]?.module ?? '' },
    followed: searches.length,
    named: measured.reduce((count, one) => count + one.searches.filter((each) => isNamed(each, one.module)).length, 0),
    steps: mean(searches.map(({ steps }) => steps.length)),
    lines: mean(searches.map(({ steps }) => sum(steps.map(({ lines }) => lines)))),
    suspects: mean(searches.map(({ suspects }) => suspects.length)),
    notDone: measured.find(({ status }) => status !== 'applied')?.reason ?? null,
    example: searches.find(({ steps }) => steps.some(({ told }) => told !== undefined)) ?? null,
  };
}
