import { withFaultsInWords, type Result } from '../../../engine/model/index.ts';
import { rangeOf, StoryChart } from '../../chart/story-chart.tsx';
import { storyOf } from '../../data/fault-timeline.ts';
import { endpointTitle } from '../../data/variants.ts';
import { Fold } from '../../part/fold.tsx';
import { Section } from '../../part/section.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { faultsOf } from './data.ts';
import { HeatStrip } from './heat-strip.tsx';
import { faultSentence } from './words.ts';

const lead =
  'Each fault through time, all endpoints and rounds together, the variants side by side on the same scales. Shaded: while the fault lasted. Small triangles: restarts and circuit breakers. Availability is in steps of a quarter of a second; the slower line is a percentile over all requests of a second, the highest for which there are enough of them, failed ones ranked last.';

/** Availability and response times before, during and after each fault. */
export function FaultTimelinesSection({ result }: { result: Result }) {
  const faults = faultsOf(result).flatMap((fault) => {
    const told = fault.views.flatMap((view) => {
      const story = storyOf(result, view);
      return story === null ? [] : [{ view, story }];
    });
    const untold = fault.views.filter((view) => view.status !== 'applied');
    return told.length === 0 ? [] : [{ label: withFaultsInWords(fault.label), told, untold }];
  });
  if (faults.length === 0) return null;
  return (
    <Section id="fault-timelines" title="Faults through time" lead={lead}>
      {faults.map(({ label, told, untold }) => {
        const range = rangeOf(told.map(({ story }) => story));
        return (
          <div key={label} className="cr-fault">
            <h3>{label}</h3>
            <div className="cr-stories">
              {told.map(({ view, story }) => (
                <figure key={view.variant.name}>
                  <figcaption>
                    <VariantTag index={view.variant.index} title={view.variant.title} />
                  </figcaption>
                  <StoryChart
                    title={`${label} on ${view.variant.title}: availability and response time through time`}
                    story={story}
                    index={view.variant.index}
                    range={range}
                  />
                </figure>
              ))}
            </div>
            {untold.map((view) => (
              <p key={view.variant.name} className="cr-quiet">
                {faultSentence(view)}
              </p>
            ))}
            <Fold title="By endpoint" onPaper={false}>
              <div className="cr-stories">
                {told.map(({ view, story }) => (
                  <figure key={view.variant.name}>
                    <figcaption>
                      <VariantTag index={view.variant.index} title={view.variant.title} />
                    </figcaption>
                    <HeatStrip
                      title={`${label} on ${view.variant.title}: good requests lost, by endpoint`}
                      story={story}
                      names={(endpoint) => endpointTitle(result, endpoint)}
                    />
                  </figure>
                ))}
              </div>
            </Fold>
          </div>
        );
      })}
    </Section>
  );
}
