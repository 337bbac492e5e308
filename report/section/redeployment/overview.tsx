import type { ContractDifference } from '../../../engine/model/index.ts';
import type { VariantView } from '../../data/variants.ts';
import { formatCount } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import { togetherInWords } from './contracts.tsx';
import type { ChangeView } from './data.ts';

/** One change a row: what it edits, what it does to contracts, and what goes out with it in each variant. */
export function Overview({ changes, variants }: { changes: readonly ChangeView[]; variants: readonly VariantView[] }) {
  return (
    <DataTable
      caption="What each change takes along"
      quiet
      columns={[
        { key: 'change', title: 'Change' },
        { key: 'modules', title: 'Edits' },
        { key: 'contracts', title: 'Operations of contracts that differ' },
        ...variants.map((variant) => ({
          key: `units ${variant.name}`,
          title: <VariantTag index={variant.index} title={variant.title} />,
        })),
      ]}
      rows={changes.map((change) => ({
        key: change.name,
        cells: [
          change.change?.title ?? change.name,
          change.modules.join(', ') || 'unknown',
          operationsInWords(change.contracts[0]?.differences ?? null),
          ...variants.map(({ name }) => alongInWords(change, name)),
        ],
      }))}
    />
  );
}

/** How many operations between modules are otherwise, and how many of them break callers. */
export function operationsInWords(differences: readonly ContractDifference[] | null): string {
  if (differences === null) return 'not looked at';
  const between = differences.filter(({ operation }) => !operation.includes(' '));
  const count = (some: readonly ContractDifference[]): number => new Set(some.map(({ operation }) => operation)).size;
  const breaking = count(between.filter(({ level }) => level === 'breaking'));
  if (between.length === 0) return 'none';
  return `${formatCount(count(between))}, ${breaking === 0 ? 'none' : formatCount(breaking)} of them breaking callers`;
}

function alongInWords({ releases, contracts }: ChangeView, variant: string): string {
  const release = releases.find((one) => one.variant.name === variant);
  if (release === undefined) return '–';
  const known = release.units.length;
  const units = `${formatCount(known)} ${known === 1 ? 'unit' : 'units'}`;
  if (release.liveMs === null) return known === 0 ? 'did not go live' : `${units}, did not go live`;
  const contract = contracts.find((one) => one.variant.name === variant);
  return contract === undefined || (contract.seen === null && contract.staying === null)
    ? units
    : `${units}, ${togetherInWords(contract)}`;
}
