import type { Result } from '../../../engine/model/index.ts';
import { formatCount } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Section } from '../../part/section.tsx';
import { StatusWord } from '../../part/status-word.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { consistencyOf } from './data.ts';

const lead =
  'What the clients were told against what the modules\u2019 books say once everything has come to rest. Lost: acknowledged and absent. Duplicated: there more than once. Phantom: refused and yet there. Stuck: never finished. Recovered: no answer came, but the order stands, which is no error.';

/** Whether orders, money and stock still add up; left out where nobody looked. */
export function ConsistencySection({ result }: { result: Result }) {
  const views = consistencyOf(result);
  if (views.length === 0) return null;
  return (
    <Section id="consistency" title="Consistency" lead={lead}>
      <DataTable
        caption="Orders and books, all rounds added up"
        columns={[
          { key: 'variant', title: 'Variant' },
          ...[
            'Attempted',
            'Acknowledged',
            'Rejected',
            'No answer',
            'Recovered',
            'Lost',
            'Duplicated',
            'Phantom',
            'Stuck',
          ].map((title) => ({ key: title, title, numeric: true })),
          { key: 'verdict', title: 'Books' },
        ]}
        rows={views.map((view) => ({
          key: view.variant.name,
          cells: [
            <VariantTag key="variant" index={view.variant.index} title={view.variant.title} />,
            ...[
              view.attempted,
              view.acknowledged,
              view.rejected,
              view.indeterminate,
              view.recovered,
              view.lost,
              view.duplicated,
              view.phantom,
              view.stuck,
            ].map(formatCount),
            view.wrong === 0 && view.broken.length === 0 ? (
              <StatusWord key="ok" tone="good">
                everything adds up
              </StatusWord>
            ) : (
              <StatusWord key="bad" tone="bad">{`${view.wrong} orders wrong`}</StatusWord>
            ),
          ],
        }))}
      />
      <ul>
        {views.flatMap((view) => [
          ...view.broken.map((broken) => (
            <li key={`${view.variant.name} ${broken.invariant}`}>
              {`${view.variant.title}: ${broken.invariant} is not conserved in ${broken.rounds} of ${view.rounds} rounds (${broken.text}).`}
            </li>
          )),
          ...(view.restless === 0
            ? []
            : [
                <li
                  key={`${view.variant.name} restless`}
                >{`${view.variant.title}: did not come to rest in ${view.restless} of ${view.rounds} rounds.`}</li>,
              ]),
        ])}
      </ul>
    </Section>
  );
}
