import { databasesOf, type Result } from '../../../engine/model/index.ts';
import { formatValue } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Quantity } from '../../part/quantity.tsx';
import { Empty, Section } from '../../part/section.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { deploymentsOf } from './data.ts';
import { Gantt } from './gantt.tsx';

/** What the spans are. Pure. */
function leadOf(hasServers: boolean): string {
  const ready = `until the unit answers its own readiness check${hasServers ? ', or the server of the store takes connections, for which its units wait' : ''}`;
  return `From the first call to the engine to the first good request through the entry, images already built. Pale: create; middle: start; full: ${ready}. The dotted mark is what one echo container takes on the same machine.`;
}

/** How long each shape takes to come up, unit by unit. */
export function DeploymentSection({ result }: { result: Result }) {
  const deployments = deploymentsOf(result);
  const lead = leadOf(result.experiment.variants.some((variant) => databasesOf(variant).length > 0));
  return (
    <Section id="deployment" title="Deployment" lead={deployments.length === 0 ? undefined : lead}>
      {deployments.length === 0 ? (
        <Empty>No deployment was measured to its end.</Empty>
      ) : (
        <>
          <Gantt deployments={deployments} />
          <DataTable
            caption="Deployment, averages over the rounds"
            columns={[
              { key: 'variant', title: 'Variant' },
              { key: 'good', title: 'First good request', numeric: true },
              { key: 'ready', title: 'All units ready', numeric: true },
              { key: 'first', title: 'First request, by endpoint', numeric: true },
              { key: 'floor', title: 'Floor', numeric: true },
              { key: 'cold', title: 'Cold build, all units', numeric: true },
              { key: 'warm', title: 'Warm build, all units', numeric: true },
              { key: 'bytes', title: 'Over the base image', numeric: true },
              { key: 'teardown', title: 'Teardown', numeric: true },
            ]}
            rows={deployments.map((one) => ({
              key: one.variant.name,
              cells: [
                <VariantTag key="name" index={one.variant.index} title={one.variant.title} />,
                ...['deployment-time', 'time-to-ready', 'first-request'].map((metric) => (
                  <Quantity key={metric} result={result} metric={metric} variant={one.variant.name} />
                )),
                formatValue(one.floorMs, 'ms'),
                formatValue(one.coldBuildMs, 'ms'),
                formatValue(one.warmBuildMs, 'ms'),
                <Quantity key="bytes" result={result} metric="image-bytes" variant={one.variant.name} />,
                formatValue(one.teardownMs, 'ms'),
              ],
            }))}
          />
        </>
      )}
    </Section>
  );
}
