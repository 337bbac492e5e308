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
  const labels = [...new Set(views.map(({ label }) => label))];
  const examples = exampleOf(views);
  return (
    <Section id="diagnosis" title="From a failing request to its cause" lead={diagnosisLead}>
      {labels.map((label) => (
        <div key={label}>
          <h3>{causeInWords(label)}</h3>
          <ul>
            {views
              .filter((view) => view.label === label)
              .map((view) => (
                <li key={view.variant.name}>{diagnosisSentence(view)}</li>
              ))}
          </ul>
        </div>
      ))}
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

/** A search in each variant under the same fault: the one whose searches differ most in their steps. */
function exampleOf(views: readonly DiagnosisView[]) {
  const told = views.flatMap((view) => (view.example === null ? [] : [{ view, search: view.example }]));
  const byFault = [...new Set(told.map(({ view }) => view.label))].map((label) =>
    told.filter(({ view }) => view.label === label),
  );
  const range = (group: typeof told): number => {
    const steps = group.map(({ search }) => search.steps.length);
    return group.length + Math.max(...steps) - Math.min(...steps);
  };
  return byFault.toSorted((a, b) => range(b) - range(a))[0] ?? [];
}
