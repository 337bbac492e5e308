import type { Result } from '../../engine/model/index.ts';
import { BarCell } from '../chart/bar-cell.tsx';
import { resourcesOf } from '../data/resources.ts';
import { formatBytes, formatValue } from '../format/index.ts';
import { DataTable } from '../part/data-table.tsx';
import { Fold } from '../part/fold.tsx';
import { Section, Empty } from '../part/section.tsx';
import { VariantTag } from '../part/variant-tag.tsx';

/** What each shape takes from the machine. */
export function ResourcesSection({ result }: { result: Result }) {
  const resources = resourcesOf(result);
  if (resources.length === 0) {
    return (
      <Section id="resources" title="Resources">
        <Empty>Resources were not measured.</Empty>
      </Section>
    );
  }
  const measures = [
    {
      key: 'cpu',
      title: 'CPU per 1,000 good requests',
      unit: 'cpu-seconds',
      of: (one: (typeof resources)[number]) => one.cpuPer1000Good,
    },
    {
      key: 'memory',
      title: 'Memory under load',
      unit: 'bytes',
      of: (one: (typeof resources)[number]) => one.memoryBytes,
    },
    {
      key: 'idle-memory',
      title: 'Memory when idle',
      unit: 'bytes',
      of: (one: (typeof resources)[number]) => one.idleMemoryBytes,
    },
    {
      key: 'idle-cpu',
      title: 'CPU when idle',
      unit: 'share',
      of: (one: (typeof resources)[number]) => one.idleCpuShare,
    },
    {
      key: 'network',
      title: 'Network per 1,000 good requests',
      unit: 'bytes',
      of: (one: (typeof resources)[number]) => one.networkPer1000Good,
    },
  ];
  return (
    <Section
      id="resources"
      title="Resources"
      lead="All units of a deployment together, medians over the rounds. Bars of one row share a scale."
    >
      <DataTable
        caption="Resources by variant"
        quiet
        columns={[
          { key: 'measure', title: 'Measure' },
          ...resources.map(({ variant }) => ({
            key: variant.name,
            title: <VariantTag index={variant.index} title={variant.title} />,
          })),
        ]}
        rows={measures.map((measure) => {
          const values = resources.map(measure.of);
          const most = Math.max(...values.map((value) => value ?? 0));
          return {
            key: measure.key,
            cells: [
              measure.title,
              ...resources.map(({ variant }, index) => (
                <BarCell
                  key={variant.name}
                  index={variant.index}
                  value={values[index] ?? null}
                  most={most}
                  text={formatValue(values[index], measure.unit)}
                />
              )),
            ],
          };
        })}
      />
      <Fold title="By unit">
        {resources.map(({ variant, units }) => (
          <DataTable
            key={variant.name}
            caption={`Units of ${variant.title}, medians over the rounds`}
            columns={[
              { key: 'unit', title: 'Unit' },
              { key: 'cpu', title: 'CPU under load', numeric: true },
              { key: 'memory', title: 'Memory', numeric: true },
              { key: 'peak', title: 'Peak memory', numeric: true },
            ]}
            rows={units.map((unit) => ({
              key: unit.unit,
              cells: [
                unit.unit,
                formatValue(unit.cpuSeconds, 'cpu-seconds'),
                formatBytes(unit.memoryBytes),
                formatBytes(unit.memoryPeakBytes),
              ],
            }))}
          />
        ))}
      </Fold>
    </Section>
  );
}
