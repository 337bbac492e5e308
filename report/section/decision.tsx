import { judgeFacts } from '../../engine/evaluation/index.ts';
import type { Result } from '../../engine/model/index.ts';
import { variantTitle } from '../data/variants.ts';
import {
  decideForSets,
  groundsOf,
  leftOutInWords,
  recommendationOf,
  tippingOf,
  weightsInWords,
  whyAllAgree,
} from '../decision/index.ts';
import { DataTable } from '../part/data-table.tsx';
import { Section } from '../part/section.tsx';

/** What to do about the cut, by this result alone, for three sets of weights. */
export function DecisionSection({ result }: { result: Result }) {
  const sets = decideForSets(judgeFacts(result));
  if (sets.length === 0) return null;
  const titleOf = (cut: string): string => variantTitle(result, cut);
  const [first] = sets;
  const agree = whyAllAgree(sets, titleOf);
  const unmeasured = [
    ...new Map(
      sets.flatMap(({ decision }) => decision.unmeasured).map((question) => [question.name, question]),
    ).values(),
  ];
  const left = first === undefined ? [] : leftOutInWords(first.decision, titleOf);
  return (
    <Section
      id="decision"
      title="What to do about it"
      lead="It depends on what counts. For three sets of weights, by what this result measured and nothing else: each finding enters as its interval, a difference of twenty times the smallest that matters counts in full, and what was not measured is no number."
    >
      <DataTable
        caption="What each set of weights leads to"
        columns={[
          { key: 'set', title: 'Made for' },
          { key: 'what', title: 'Then' },
          { key: 'why', title: 'Because' },
          { key: 'tips', title: 'What would turn it' },
        ]}
        rows={sets.map(({ title, weights, decision }) => ({
          key: title,
          cells: [
            <>
              <strong>{title}</strong>
              <span className="cr-quiet">: {weightsInWords(weights)}</span>
            </>,
            recommendationOf(decision, titleOf),
            groundsOf(decision),
            tippingOf(decision, titleOf),
          ],
        }))}
      />
      {agree === null ? null : <p>{agree}</p>}
      <p className="cr-quiet">
        Not measured, and in no number:{' '}
        {unmeasured
          .map(({ title, speaksFor }) => title.toLowerCase() + (speaksFor === undefined ? '' : ` (${speaksFor})`))
          .join(', ')}
        .{left.map((text) => ` ${text}`)}
      </p>
    </Section>
  );
}
