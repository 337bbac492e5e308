import type { Result } from '../../../engine/model/index.ts';
import { sum } from '../../data/numbers.ts';
import { endpointTitle } from '../../data/variants.ts';
import { formatBytes, formatMs, formatNumber } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Fold } from '../../part/fold.tsx';
import { Section } from '../../part/section.tsx';
import { VariantLegend, VariantTag } from '../../part/variant-tag.tsx';
import { CallGraph } from './call-graph.tsx';
import { hopsOf, type HopsView } from './data.ts';
import { PartsChart } from './parts-chart.tsx';

const lead =
  'From sampled traces. Full lines are calls that leave a unit, as thick as they are frequent; dotted lines stay inside one process. Figures are per journey.';

/** Who calls whom, and where the time of a request goes; left out where nothing was traced. */
export function HopsSection({ result }: { result: Result }) {
  const hops = hopsOf(result);
  if (hops.length === 0) return null;
  return (
    <Section id="hops" title="Calls and where the time goes" lead={lead}>
      {hops.map((view) => (
        <figure key={view.variant.name} className="cr-graph">
          <figcaption>
            <VariantTag index={view.variant.index} title={view.variant.title} />{' '}
            <span className="cr-quiet">{remoteSummary(view)}</span>
          </figcaption>
          <CallGraph view={view} />
        </figure>
      ))}
      <h3>Where the time of a request goes</h3>
      <VariantLegend variants={hops.map((view) => view.variant)} />
      <PartsChart hops={hops} titleOf={(endpoint) => endpointTitle(result, endpoint)} />
      <Fold title="All calls as a table">
        {hops.map((view) => (
          <DataTable
            key={view.variant.name}
            caption={`Calls of ${view.variant.title}, per journey`}
            columns={[
              { key: 'call', title: 'Call' },
              { key: 'kind', title: 'Kind' },
              { key: 'calls', title: 'Calls', numeric: true },
              { key: 'bytes', title: 'Bytes', numeric: true },
              { key: 'network', title: 'Network', numeric: true },
              { key: 'total', title: 'Time', numeric: true },
            ]}
            rows={view.calls.map((call) => ({
              key: `${call.from} ${call.to}`,
              cells: [
                `${call.from} → ${call.to} (${call.operations.join(', ')})`,
                call.kind,
                formatNumber(call.calls),
                call.kind === 'remote' ? formatBytes(call.bytes) : 'in process',
                call.kind === 'remote' ? formatMs(call.networkMs) : 'none',
                formatMs(call.totalMs),
              ],
            }))}
          />
        ))}
      </Fold>
    </Section>
  );
}

function remoteSummary(view: HopsView): string {
  const inside = view.calls.filter((call) => view.unitOf.has(call.from));
  const remote = inside.filter((call) => call.kind === 'remote');
  if (remote.length === 0) return `no call between modules leaves a process; ${view.sampledJourneys} journeys sampled`;
  const bytes = formatBytes(sum(remote.map((call) => call.bytes)));
  return `${formatNumber(sum(remote.map((call) => call.calls)))} of ${formatNumber(sum(inside.map((call) => call.calls)))} calls between modules cross a unit's border, ${bytes} per journey; ${view.sampledJourneys} journeys sampled`;
}
