import type { Result } from '../../engine/model/index.ts';
import { PercentileChart } from '../chart/percentile-chart.tsx';
import { loadByEndpoint, overallLoad, type LoadSummary, type Quantile } from '../data/latency.ts';
import { endpointTitle } from '../data/variants.ts';
import { formatCount, formatMs, formatValue } from '../format/index.ts';
import { DataTable, type Row } from '../part/data-table.tsx';
import { Empty, Section } from '../part/section.tsx';
import { VariantTag } from '../part/variant-tag.tsx';

const lead =
  'Time from the moment a request was due to its complete answer, whether or not the generator could send it then. Histograms of all rounds are merged, percentiles never averaged, and shown only where at least ten requests lie beyond them.';

/** Response times: the whole curve, then endpoint by endpoint. */
export function LatencySection({ result }: { result: Result }) {
  const overall = overallLoad(result).filter((summary) => summary.scheduled > 0);
  if (overall.length === 0) {
    return (
      <Section id="latency" title="Response times">
        <Empty>No load was measured to its end.</Empty>
      </Section>
    );
  }
  const rows = [
    ...overall.map((summary) => rowOf('All requests', summary, 'all')),
    ...loadByEndpoint(result).flatMap(({ endpoint, summaries }) =>
      summaries
        .filter((summary) => summary.scheduled > 0)
        .map((summary) => rowOf(endpointTitle(result, endpoint), summary, endpoint)),
    ),
  ];
  return (
    <Section id="latency" title="Response times" lead={lead}>
      <PercentileChart summaries={overall} />
      <DataTable
        caption="Response time and outcome by endpoint"
        columns={[
          { key: 'endpoint', title: 'Endpoint' },
          { key: 'variant', title: 'Variant' },
          { key: 'p50', title: 'p50', numeric: true },
          { key: 'p90', title: 'p90', numeric: true },
          { key: 'p95', title: 'p95', numeric: true },
          { key: 'p99', title: 'p99', numeric: true },
          { key: 'p999', title: 'p99.9', numeric: true },
          { key: 'good', title: 'Availability', numeric: true },
          { key: 'scheduled', title: 'Scheduled', numeric: true },
          { key: 'late', title: 'Late', numeric: true },
          { key: 'dropped', title: 'Dropped', numeric: true },
          { key: 'errors', title: 'Errors', numeric: true },
        ]}
        rows={rows}
        className="cr-grouped"
      />
    </Section>
  );
}

function rowOf(name: string, summary: LoadSummary, key: string): Row {
  const { variant, quantiles } = summary;
  return {
    key: `${key} ${variant.name}`,
    className: variant.index === 0 ? 'cr-group-start' : 'cr-group-more',
    cells: [
      name,
      <VariantTag key="variant" index={variant.index} title={variant.title} />,
      ...quantiles.map(quantileText),
      formatValue(summary.availability, 'share'),
      formatCount(summary.scheduled),
      formatCount(summary.late),
      formatCount(summary.dropped),
      formatCount(summary.errors),
    ],
  };
}

/** A quantile as a figure; `≥` where failures make it a lower bound, `too few` where samples are missing. */
export function quantileText(quantile: Quantile): string {
  if (quantile.ms === null) return 'too few';
  return `${quantile.atLeast ? '≥ ' : ''}${formatMs(quantile.ms)}`;
}
