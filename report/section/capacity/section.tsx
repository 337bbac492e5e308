import type { Result } from '../../../engine/model/index.ts';
import { formatMs, formatShare } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Quantity } from '../../part/quantity.tsx';
import { Section } from '../../part/section.tsx';
import { VariantLegend, VariantTag } from '../../part/variant-tag.tsx';
import { CapacityChart } from './chart.tsx';
import { capacitiesOf } from './data.ts';

/** The highest rate each shape stands; left out where it was not searched. */
export function CapacitySection({ result }: { result: Result }) {
  const capacities = capacitiesOf(result);
  const [first] = capacities;
  if (first === undefined) return null;
  const lead = `The highest rate of journeys at which p95 stays within ${formatMs(first.objective.p95Ms)} and at least ${formatShare(first.objective.availability)} of requests are good, found by steps and bisection, the same way for each variant. Filled marks met the objective, hollow ones missed it; the vertical lines are the capacities.`;
  return (
    <Section id="capacity" title="Capacity" lead={lead}>
      <VariantLegend variants={capacities.map((capacity) => capacity.variant)} />
      <CapacityChart capacities={capacities} />
      <DataTable
        caption="Capacity, average over the rounds"
        columns={[
          { key: 'variant', title: 'Variant' },
          { key: 'rate', title: 'Capacity', numeric: true },
          { key: 'good', title: 'Good requests per second and CPU', numeric: true },
          { key: 'how', title: 'How the search ended' },
        ]}
        rows={capacities.map((capacity) => ({
          key: capacity.variant.name,
          cells: [
            <VariantTag key="variant" index={capacity.variant.index} title={capacity.variant.title} />,
            <Quantity
              key="rate"
              result={result}
              metric="capacity-rate"
              variant={capacity.variant.name}
              none="objective missed at the lowest rate"
            />,
            <Quantity key="good" result={result} metric="capacity-good-per-cpu" variant={capacity.variant.name} />,
            capacity.bounded,
          ],
        }))}
      />
    </Section>
  );
}
