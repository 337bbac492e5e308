import type { ReactNode } from 'react';
import {
  contractLevelWords,
  type ContractDifference,
  type Result,
  type Together,
} from '../../../engine/model/index.ts';
import { endpointTitle } from '../../data/variants.ts';
import { formatCount } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';
import type { ChangeView, ContractView, SkewView } from './data.ts';

/** What is told of a contract at most; the rest is counted. */
const shown = 4;

export const togetherWords: Record<Together, string> = {
  'any-order': 'one by one, in any order',
  'providers-first': 'one by one, providers first',
  'callers-first': 'one by one, callers first',
  'at-once': 'all in one moment',
};

/** What a change did to contracts, and who was not served while it was half there: foretold beside seen. */
export function Contracts({ change, result }: { change: ChangeView; result: Result }) {
  const { contracts } = change;
  const [first] = contracts;
  if (first === undefined) return null;
  const { differences } = first;
  if (differences.length === 0) return <p>No contract is another by it: no two versions of one can meet.</p>;
  const rest = differences.length - shown;
  const someStay = contracts.some(({ staying }) => staying !== null);
  return (
    <>
      <ul>
        {worstFirst(differences)
          .slice(0, shown)
          .map(({ operation, level, text }) => (
            <li key={`${operation} ${text}`}>
              <code>{operation}</code>: {marked(text)} ({contractLevelWords[level]})
            </li>
          ))}
        {rest > 0 ? <li>{`and ${formatCount(rest)} more`}</li> : null}
      </ul>
      <DataTable
        caption="Half of the change there, by variant: what the contracts foretold and what was seen"
        quiet
        columns={[
          { key: 'variant', title: 'Variant' },
          { key: 'together', title: 'How its units may go out' },
          { key: 'providers', title: 'Only the changed contract there' },
          { key: 'callers', title: 'Only its callers changed' },
          ...(someStay ? [{ key: 'staying', title: 'All of it there, callers that are not rebuilt' }] : []),
        ]}
        rows={contracts.map((contract) => ({
          key: contract.variant.name,
          cells: [
            <VariantTag key="tag" index={contract.variant.index} title={contract.variant.title} />,
            togetherInWords(contract),
            ...(['providers', 'callers'] as const).map((who) =>
              skewInWords(
                contract.skews.find(({ first: one }) => one === who),
                result,
              ),
            ),
            ...(someStay ? [skewInWords(contract.staying ?? undefined, result)] : []),
          ],
        }))}
      />
    </>
  );
}

/** What breaks somebody first, and what is between modules before what is for people, which follows from it. */
function worstFirst(differences: readonly ContractDifference[]): ContractDifference[] {
  const levels = Object.keys(contractLevelWords);
  const rank = ({ level, operation }: ContractDifference): number =>
    levels.indexOf(level) + (operation.includes(' ') ? levels.length : 0);
  return differences.toSorted((a, b) => rank(a) - rank(b));
}

/** What the comparing program puts between back quotes is shown as code. */
const marked = (text: string): ReactNode[] =>
  text.split('`').map((part, index) => (index % 2 === 1 ? <code key={`${index} ${part}`}>{part}</code> : part));

/** One phrase: as seen, where the contracts said otherwise that too, and who goes on with what was before. */
export function togetherInWords({
  seen,
  foretold,
  staying,
}: Pick<ContractView, 'seen' | 'foretold' | 'staying'>): string {
  const behind =
    staying === null
      ? ''
      : `${staying.left.join(', ')} ${staying.left.length === 1 ? 'calls' : 'call'} it and ${staying.left.length === 1 ? 'is' : 'are'} not rebuilt`;
  if (seen === null) return behind === '' ? 'no two versions meet' : behind;
  const order =
    seen === foretold || foretold === null
      ? togetherWords[seen]
      : `${togetherWords[seen]} (foretold: ${togetherWords[foretold]})`;
  return behind === '' ? order : `${order}; ${behind}`;
}

/** What happened to requests while half of a change was there, and whether that was foretold. */
export function skewInWords(skew: SkewView | undefined, result: Result): string {
  if (skew === undefined) return '–';
  const named = (endpoints: readonly string[]): string =>
    endpoints.map((endpoint) => endpointTitle(result, endpoint)).join(', ');
  const surprising = skew.seen.filter((endpoint) => !skew.foretold.includes(endpoint));
  const { unreached } = skew;
  const missing = skew.foretold.filter((endpoint) => !skew.seen.includes(endpoint) && !unreached.includes(endpoint));
  return [
    skew.seen.length === 0
      ? `nothing fails (${formatCount(skew.lost)} of ${formatCount(skew.asked)} lost)`
      : `${named(skew.seen)} fail (${formatCount(skew.lost)} of ${formatCount(skew.asked)} lost)`,
    ...(unreached.length === 0 ? [] : [`${named(unreached)} not reached, as what comes before fails`]),
    ...(surprising.length === 0 && missing.length === 0 ? ['as foretold'] : []),
    ...(surprising.length === 0 ? [] : [`not foretold: ${named(surprising)}`]),
    ...(missing.length === 0 ? [] : [`foretold and not seen: ${named(missing)}`]),
  ].join('; ');
}
