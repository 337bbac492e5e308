import { scalingLoads, type Result } from '../../../engine/model/index.ts';
import { formatCount, formatMs, formatNumber, formatShare } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Quantity } from '../../part/quantity.tsx';
import { Section } from '../../part/section.tsx';
import { VariantLegend, VariantTag } from '../../part/variant-tag.tsx';
import { ScalingChart } from './chart.tsx';
import { loadWords, scaledVariants, type ScalingView } from './data.ts';
import { scalingSentences } from './sentences.ts';

/** What the same budget carries, by what is replicated with it; left out where nothing was scaled. */
export function ScalingSection({ result }: { result: Result }) {
  const views = scaledVariants(result);
  const [first] = views;
  if (first === undefined) return null;
  const { p95Ms, availability } = first.plan.objective;
  const lead = `Every variant has the same CPU and memory. Its instances share out the CPU equally, each held to its part by the engine, and the memory by their number of modules. Marks are good requests a second at the highest rate at which p95 stays within ${formatMs(p95Ms)} and at least ${formatShare(availability)} of requests are good; the number of instances changes on a running deployment. Lines are Gunther's law where it could be fitted, from the least to the most instances that were measured.`;
  return (
    <Section id="scaling" title="Scaling" lead={lead}>
      <ul>
        {scalingSentences(result, views).map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <VariantLegend variants={views.map(({ variant }) => variant)} />
      <ScalingChart views={views} />
      {scalingLoads.map((load) => (
        <LoadTable key={load} load={load} views={views} result={result} />
      ))}
      <CountsTable views={views} />
    </Section>
  );
}

function LoadTable({
  load,
  views,
  result,
}: {
  load: (typeof scalingLoads)[number];
  views: readonly ScalingView[];
  result: Result;
}) {
  return (
    <DataTable
      caption={`${loadWords[load]}: with the whole budget, average over the deployments`}
      columns={[
        { key: 'variant', title: 'Variant' },
        { key: 'rate', title: 'Good requests per second', numeric: true },
        { key: 'cpu', title: 'per CPU', numeric: true },
        { key: 'gib', title: 'per GiB', numeric: true },
      ]}
      rows={views.map(({ variant, plan, whyNothing }) => ({
        key: variant.name,
        cells: [
          <VariantTag key="tag" index={variant.index} title={variant.title} />,
          ...(['rate', 'per-cpu', 'per-gib'] as const).map((what) => (
            <Quantity
              key={what}
              result={result}
              metric={`${load}-good-${what}`}
              variant={variant.name}
              none={whyNothing(load, plan.declared)}
            />
          )),
        ],
      }))}
    />
  );
}

/** The marks of the chart, to be read. */
function CountsTable({ views }: { views: readonly ScalingView[] }) {
  return (
    <DataTable
      caption="By number of instances: good requests per second, mean over deployments with its 95 % interval"
      quiet
      columns={[
        { key: 'variant', title: 'Variant' },
        { key: 'instances', title: 'Instances' },
        ...scalingLoads.map((load) => ({ key: load, title: loadWords[load], numeric: true })),
      ]}
      rows={views.flatMap(({ variant, plan, curves, whyNothing }) =>
        [...new Set(scalingLoads.flatMap((load) => curves[load].marks.map(({ instances }) => instances)))]
          .toSorted((a, b) => a - b)
          .map((count) => ({
            key: `${variant.name} ${count}`,
            cells: [
              <VariantTag key="tag" index={variant.index} title={variant.title} />,
              plan.total === plan.declared
                ? formatCount(count)
                : `${formatCount(count)} of ${plan.unit} beside ${formatCount(plan.total - plan.declared)}`,
              ...scalingLoads.map((load) =>
                markInWords(
                  curves[load].marks.find(({ instances }) => instances === count),
                  whyNothing(load, count),
                ),
              ),
            ],
          })),
      )}
    />
  );
}

function markInWords(mark: ScalingView['curves']['even']['marks'][number] | undefined, none: string): string {
  if (mark === undefined) return none;
  const { goodPerSecond, interval, atLeast } = mark;
  const value = `${atLeast ? '≥ ' : ''}${formatNumber(goodPerSecond)}`;
  return interval === null ? value : `${value} (${formatNumber(interval.low)} to ${formatNumber(interval.high)})`;
}
