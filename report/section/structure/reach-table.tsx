import { changeKindInWords, decimalFigure } from '../../../engine/model/index.ts';
import { plural } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import type { ReachView, StructureView } from './data.ts';

/**
 * One change a row: what it edits, which contracts have to be checked for it, and which units get another program by it in each variant, with how many of them had to go out in one release where it was released.
 */
export function ReachTable({ reaches, views }: { reaches: readonly ReachView[]; views: readonly StructureView[] }) {
  return (
    <DataTable
      caption="Units rebuilt by change and variant"
      quiet
      columns={[
        { key: 'change', title: 'Change' },
        { key: 'kind', title: 'Kind' },
        { key: 'modules', title: 'Edits' },
        { key: 'checks', title: 'Contract checks' },
        ...views.map(({ variant }) => ({
          key: `units ${variant.name}`,
          title: <VariantTag index={variant.index} title={variant.title} />,
        })),
      ]}
      rows={reaches.map(({ name, change, modules, checks, units, atOnce }) => ({
        key: name,
        cells: [
          change?.title ?? name,
          change === null ? '' : changeKindInWords(change.kind),
          modules.join(', ') || 'none of its own',
          checksText(checks),
          ...views.map(({ variant, units: all }, index) => (
            <Units key={variant.name} units={units[index] ?? null} of={all.length} atOnce={atOnce[index] ?? null} />
          )),
        ],
      }))}
    />
  );
}

function checksText(checks: ReachView['checks']): string {
  if (checks === null) return 'unknown';
  if (checks.length === 0) return 'none';
  return checks.map(({ module, examples }) => `${module}, ${plural(examples, 'example')}`).join('; ');
}

function Units({ units, of, atOnce }: { units: readonly string[] | null; of: number; atOnce: number | null }) {
  if (units === null) return 'unknown';
  const count = `${units.length} of ${of}`;
  return (
    <>
      {units.length === 0 || of === 1 ? count : `${count}: ${units.join(', ')}`}
      {units.length < 2 || atOnce === null ? null : <div className="cr-under">{atOnceText(atOnce)}</div>}
    </>
  );
}

/** A mean over deployments. */
function atOnceText(atOnce: number): string {
  if (atOnce === 1) return 'seen: one by one';
  return `seen: ${decimalFigure(atOnce, Number.isInteger(atOnce) ? 0 : 1)} at once`;
}
