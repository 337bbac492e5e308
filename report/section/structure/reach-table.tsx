import { changeKindInWords } from '../../../engine/model/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import type { ReachView, StructureView } from './data.ts';

/** One change a row: what it edits, and which units get another program by it in each variant. */
export function ReachTable({ reaches, views }: { reaches: readonly ReachView[]; views: readonly StructureView[] }) {
  return (
    <DataTable
      caption="Units rebuilt by change and variant"
      quiet
      columns={[
        { key: 'change', title: 'Change' },
        { key: 'kind', title: 'Kind' },
        { key: 'modules', title: 'Edits' },
        ...views.map(({ variant }) => ({
          key: `units ${variant.name}`,
          title: <VariantTag index={variant.index} title={variant.title} />,
        })),
      ]}
      rows={reaches.map(({ name, change, modules, units }) => ({
        key: name,
        cells: [
          change?.title ?? name,
          change === null ? '' : changeKindInWords(change.kind),
          modules.join(', ') || 'none of its own',
          ...views.map(({ units: all }, index) => unitsText(units[index] ?? null, all.length)),
        ],
      }))}
    />
  );
}

function unitsText(units: readonly string[] | null, of: number): string {
  if (units === null) return 'unknown';
  return units.length === 0 || of === 1 ? `${units.length} of ${of}` : `${units.length} of ${of}: ${units.join(', ')}`;
}
