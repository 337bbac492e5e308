import type { Result } from '../../../engine/model/index.ts';
import { formatCount } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Section } from '../../part/section.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { diagnosesOf, type DiagnosisView } from './data.ts';
import { causeInWords, diagnosisLead, diagnosisSentence, endInWords, mean, stepInWords } from './words.ts';

/** How far it is from a failing request to the module at fault; left out where nobody searched. */
export function DiagnosisSection({ result }: { result: Result }) {
  const views = diagnosesOf(result);
  if (views.length === 0) return null;
  const telling = views.filter(isTelling);
  const examples = exampleOf(views);
  return (
    <Section id="diagnosis" title="From a failing request to its cause" lead={diagnosisLead}>
      {telling.length === 0 ? null : (
        <ul>
          {telling.map((view) => (
            <li
              key={`${view.label} ${view.variant.name}`}
            >{`${causeInWords(view.label)}. ${diagnosisSentence(view)}`}</li>
          ))}
        </ul>
      )}
      <DataTable
        caption="Searches, all rounds added up; places, lines and modules are means of one search"
        columns={[
          { key: 'fault', title: 'Fault' },
          { key: 'variant', title: 'Variant' },
          ...['Followed', 'Cause named', 'Places', 'Lines', 'Modules left'].map((title) => ({
            ...{ key: title, title },
            numeric: true,
          })),
        ]}
        rows={views.map((view) => ({
          key: `${view.label} ${view.variant.name}`,
          cells: [
            causeInWords(view.label),
            <VariantTag key="variant" index={view.variant.index} title={view.variant.title} />,
            formatCount(view.followed),
            formatCount(view.named),
            ...[view.steps, view.lines, view.suspects].map(mean),
          ],
        }))}
      />
      {examples.length === 0 ? null : (
        <>
          <h3>{`One search, step by step: ${causeInWords(examples[0]?.view.label ?? '')}`}</h3>
          {examples.map(({ view, search }) => (
            <div key={view.variant.name}>
              <p>
                <VariantTag index={view.variant.index} title={view.variant.title} />{' '}
                {endInWords(result, search.suspects)}
              </p>
              <ol>
                {search.steps.map((step, index) => (
                  <li key={index}>
                    {stepInWords(step)}
                    {step.told === undefined || step.told.length === 0 ? null : (
                      <pre className="cr-log">{step.told.join('\n')}</pre>
                    )}
                  </li>
                ))}
              </ol>
            </div>
          ))}
        </>
      )}
    </Section>
  );
}

/** Where the figures alone do not say it: the cause was not always named, or nothing was searched for. */
const isTelling = ({ followed, named }: DiagnosisView): boolean => followed === 0 || named < followed;

/** A search in each variant under the same fault: the one whose ends differ most, or else whose ways do. */
function exampleOf(views: readonly DiagnosisView[]) {
  const told = views.flatMap((view) => (view.example === null ? [] : [{ view, search: view.example }]));
  const byFault = [...new Set(told.map(({ view }) => view.label))].map((label) =>
    told.filter(({ view }) => view.label === label),
  );
  const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const differs = (group: typeof told): number =>
    1000 * group.length +
    100 * range(group.map(({ search }) => search.suspects.length)) +
    range(group.map(({ search }) => search.steps.length));
  return byFault.toSorted((a, b) => differs(b) - differs(a))[0] ?? [];
}
