import { stormLabel, type Result } from '../../../engine/model/index.ts';
import { rangeOf, StoryChart } from '../../chart/story-chart.tsx';
import { formatCount, formatNumber } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Quantity } from '../../part/quantity.tsx';
import { Section } from '../../part/section.tsx';
import { StatusWord } from '../../part/status-word.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { stormsOf, stormStory, type StormView } from './data.ts';
import { stormEnding, stormLead, stormSentence } from './words.ts';

/** Whether the application comes back after a spike of load and a fault, or its own retries keep it down; left out where no storm was asked for. */
export function StormSection({ result }: { result: Result }) {
  const views = stormsOf(result);
  if (views.length === 0) return null;
  const told = views.flatMap((view) => {
    const story = stormStory(result, view);
    return story === null ? [] : [{ view, story }];
  });
  const range = rangeOf(told.map(({ story }) => story));
  return (
    <Section id="storm" title="Retry storm" lead={stormLead(result)}>
      <h3>Does it come back?</h3>
      <ul>
        {views.map((view) => (
          <li key={view.variant.name}>{stormSentence(view)}</li>
        ))}
      </ul>
      <StormTable result={result} views={views} />
      {told.length === 0 ? null : (
        <>
          <h3>Through time</h3>
          <p className="cr-key">
            All endpoints and rounds together, on the same scales. Shaded: while spike and fault lasted. Small
            triangles: changes of circuit breakers in the first round.
          </p>
          <div className="cr-stories">
            {told.map(({ view, story }) => (
              <figure key={view.variant.name}>
                <figcaption>
                  <VariantTag index={view.variant.index} title={view.variant.title} />
                </figcaption>
                <StoryChart
                  title={`Retry storm on ${view.variant.title}: availability and response time through time`}
                  story={story}
                  index={view.variant.index}
                  range={range}
                  cause="storm"
                />
              </figure>
            ))}
          </div>
        </>
      )}
    </Section>
  );
}

function StormTable({ result, views }: { result: Result; views: StormView[] }) {
  const scope = stormScope(result);
  return (
    <DataTable
      caption="Through the storm, over the rounds"
      columns={[
        { key: 'variant', title: 'Variant' },
        { key: 'good', title: 'Good requests', numeric: true },
        { key: 'before', title: 'Good a second before', numeric: true },
        { key: 'during', title: 'during', numeric: true },
        { key: 'after', title: 'after', numeric: true },
        { key: 'amplification', title: 'Retry amplification', numeric: true },
        { key: 'retries', title: 'Repeated calls', numeric: true },
        { key: 'opens', title: 'Breaker opens', numeric: true },
        { key: 'recovery', title: 'Comes back' },
      ]}
      rows={views.map((view) => ({
        key: view.variant.name,
        cells: [
          <VariantTag key="variant" index={view.variant.index} title={view.variant.title} />,
          <Quantity key="good" result={result} metric="storm-good-share" scope={scope} variant={view.variant.name} />,
          ...Object.values(view.goodPerSecond).map((rate) => (rate === null ? 'none' : formatNumber(rate))),
          <Quantity
            key="amplification"
            result={result}
            metric="retry-amplification"
            scope={scope}
            variant={view.variant.name}
            none="not measured"
          />,
          ...[view.retries, view.breakerOpens].map((count) => (count === null ? uncounted(view) : formatCount(count))),
          <StatusWord key="recovery" tone={toneOf(view)}>
            {stormEnding(view)}
          </StatusWord>,
        ],
      }))}
    />
  );
}

function uncounted({ measurements }: StormView): string {
  return measurements.length === 0 ? 'none' : 'not counted';
}

/** As the findings have it: results of before may have called the storm otherwise. */
function stormScope({ experiment, rounds }: Result): { fault?: string } {
  const { storm = null } = experiment.probes;
  if (storm === null) return {};
  return { fault: rounds.find((round) => round.storm != null)?.storm?.label ?? stormLabel(storm) };
}

function toneOf({ measurements, metastable }: StormView): 'good' | 'bad' | 'plain' {
  if (measurements.length === 0) return 'plain';
  return metastable === 0 ? 'good' : 'bad';
}
