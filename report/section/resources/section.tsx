import { databasesOf, type Result } from '../../../engine/model/index.ts';
import { BarCell } from '../../chart/bar-cell.tsx';
import { quantityKey, quantityText, seriesIn } from '../../data/quantity.ts';
import { formatValue } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Fold } from '../../part/fold.tsx';
import { Section, Empty } from '../../part/section.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { resourcesOf, type ResourceView } from './data.ts';

/** A figure in a bar; `name` where it is a measured quantity that stands elsewhere too. */
interface Shown {
  value: number | null;
  text: string;
  name?: string;
}

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
  const hasServers = result.experiment.variants.some((variant) => databasesOf(variant).length > 0);
  const whole = `All units of a deployment${hasServers ? ' and the servers of its store' : ''}`;
  const metric = (name: string, title: string) => ({
    key: name,
    title,
    of: ({ variant }: ResourceView): Shown => {
      const series = seriesIn(result, variant.name, name);
      return { value: series?.value ?? null, text: quantityText(series), name: quantityKey(name, {}, variant.name) };
    },
  });
  const other = (key: keyof ResourceView & ('idleMemoryBytes' | 'utilisation'), title: string, unit: string) => ({
    key,
    title,
    of: (view: ResourceView): Shown => ({ value: view[key], text: knownOr(view[key], unit) }),
  });
  const measures = [
    metric('cpu-per-1000-good', 'CPU per 1,000 good requests'),
    other('utilisation', `CPU busy at ${result.experiment.load.journeysPerSecond} journeys/s`, 'share'),
    metric('memory-resident', 'Memory under load'),
    other('idleMemoryBytes', 'Memory when idle', 'bytes'),
    metric('idle-cpu', 'CPU when idle'),
    metric('network-per-1000-good', 'Network per 1,000 good requests'),
  ];
  return (
    <Section
      id="resources"
      title="Resources"
      lead={`${whole} together, averages over the rounds. Bars of one row share a scale.`}
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
          const shown = resources.map(measure.of);
          const most = Math.max(...shown.map(({ value }) => value ?? 0));
          return {
            key: measure.key,
            cells: [
              measure.title,
              ...resources.map(({ variant }, index) => (
                <BarCell
                  key={variant.name}
                  index={variant.index}
                  value={shown[index]?.value ?? null}
                  most={most}
                  text={shown[index]?.text ?? 'none'}
                  quantity={shown[index]?.name}
                />
              )),
            ],
          };
        })}
      />
      <Fold title={hasServers ? 'By unit and server' : 'By unit'}>
        {resources.map(({ variant, units }) => (
          <DataTable
            key={variant.name}
            caption={`Units of ${variant.title}${hasServers ? ' and servers of its store' : ''}, averages over the rounds`}
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
                knownOr(unit.cpuSeconds, 'cpu-seconds'),
                knownOr(unit.memoryBytes, 'bytes'),
                knownOr(unit.memoryPeakBytes, 'bytes'),
              ],
            }))}
          />
        ))}
      </Fold>
    </Section>
  );
}

/** What the engine, or a round, did not tell has a word of its own. */
const knownOr = (value: number | null, unit: string): string => (value === null ? 'unknown' : formatValue(value, unit));
