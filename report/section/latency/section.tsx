import type { Result } from '../../../engine/model/index.ts';
import { quantityKey } from '../../data/quantity.ts';
import { endpointTitle, variantsOf } from '../../data/variants.ts';
import { formatCount, formatMs, formatNumber, formatValue } from '../../format/index.ts';
import { DataTable, type Row } from '../../part/data-table.tsx';
import { Quantity } from '../../part/quantity.tsx';
import { Empty, Section } from '../../part/section.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { loadByEndpoint, overallLoad, type LoadSummary, type Quantile } from './data.ts';
import { PercentileChart } from './percentile-chart.tsx';
import { WindowsTable } from './windows-table.tsx';

const lead =
  'Time from the moment a request was due to its complete answer, whether or not the generator could send it then. A percentile is that of each deployment, from its merged histograms, averaged over the deployments on a logarithmic scale; it is shown only where at least ten requests of a deployment lie beyond it (p95 from 200). Failed requests rank behind every answer.';

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
      {overall.some(({ quantiles }) => quantiles.some(({ ofWindows }) => ofWindows)) && (
        <p className="cr-small">
          The curve is of all requests of a deployment together. The p50 of all requests in the table, and in the
          findings, is the average of the medians of its windows, so that a slow spell counts as one window and not by
          the requests it delayed; it is not marked on the curve, and may lie beside it.
        </p>
      )}
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
      <OwnTime result={result} />
      <WindowsTable result={result} />
    </Section>
  );
}

/** p95 with and without what endpoints wait for simulated services, and at a second rate; left out where there is neither. */
function OwnTime({ result }: { result: Result }) {
  const { load, probes } = result.experiment;
  const factor = probes.latency.higher?.factor ?? null;
  const simulated = Object.values(result.application.endpoints).some(({ simulatedMs }) => simulatedMs !== undefined);
  const higher = factor === null ? null : { rate: load.journeysPerSecond * factor };
  if (!simulated && higher === null) return null;
  return (
    <DataTable
      caption="What the tail is made of, and a second rate"
      columns={[
        { key: 'variant', title: 'Variant' },
        { key: 'p95', title: 'p95', numeric: true },
        { key: 'own', title: 'p95 without simulated waits', numeric: true },
        ...(higher === null
          ? []
          : [
              { key: 'p50-higher', title: `p50 at ${formatNumber(higher.rate)} journeys/s`, numeric: true },
              { key: 'p95-higher', title: `p95 at ${formatNumber(higher.rate)} journeys/s`, numeric: true },
            ]),
      ]}
      rows={variantsOf(result).map(({ index, name, title }) => ({
        key: name,
        cells: [
          <VariantTag key="variant" index={index} title={title} />,
          <Quantity key="p95" result={result} metric="response-p95" variant={name} none="too few" />,
          <Quantity key="own" result={result} metric="response-p95-own" variant={name} none="nothing simulated" />,
          ...(higher === null
            ? []
            : ['response-p50', 'response-p95'].map((metric) => (
                <Quantity
                  key={metric}
                  result={result}
                  metric={metric}
                  scope={higher}
                  variant={name}
                  none="not measured"
                />
              ))),
        ],
      }))}
    />
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
      ...quantiles.map((one) => (
        <Named key={one.q} metric={one.metric} summary={summary}>
          {quantileText(one)}
        </Named>
      )),
      <Named key="availability" metric={summary.endpoint === undefined ? 'availability' : null} summary={summary}>
        {formatValue(summary.availability, 'share')}
      </Named>,
      formatCount(summary.scheduled),
      formatCount(summary.late),
      formatCount(summary.dropped),
      formatCount(summary.errors),
    ],
  };
}

/** A figure that carries the name of its quantity, where it is one that stands elsewhere too. */
function Named({ metric, summary, children }: { metric: string | null; summary: LoadSummary; children: string }) {
  if (metric === null) return <>{children}</>;
  const scope = summary.endpoint === undefined ? {} : { endpoint: summary.endpoint };
  return <span data-quantity={quantityKey(metric, scope, summary.variant.name)}>{children}</span>;
}

/** A quantile as a figure; `≥` where failures make it a lower bound, `too few` where samples are missing. */
export function quantileText(quantile: Quantile): string {
  if (quantile.ms === null) return 'too few';
  return `${quantile.atLeast ? '≥ ' : ''}${formatMs(quantile.ms)}`;
}
