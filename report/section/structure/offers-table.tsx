import type { ApiField, Repetition } from '../../../engine/model/index.ts';
import { plural } from '../../format/index.ts';
import { DataTable } from '../../part/data-table.tsx';
import { Fold } from '../../part/fold.tsx';
import type { Offer } from './offers.ts';

const repeatWords: Record<Repetition, string> = {
  safe: 'yes',
  'with-key': 'with its key',
  never: 'no',
};

/** The contract of one module, one operation a row. */
export function OfferFold({ offer: { module, title, operations } }: { offer: Offer }) {
  return (
    <Fold title={`What ${title} offers: ${plural(operations.length, 'operation')}`} onPaper={false}>
      <DataTable
        caption={`Operations of ${title}`}
        quiet
        columns={[
          { key: 'operation', title: 'Operation' },
          { key: 'takes', title: 'Takes' },
          { key: 'gives', title: 'Gives back' },
          { key: 'repeat', title: 'May be repeated' },
        ]}
        rows={operations.map(({ name, summary, repeat, input, output }) => ({
          key: name,
          cells: [
            <Named key="operation" name={`${module}.${name}`} summary={summary} />,
            <Fields key="takes" fields={input} nothing="nothing" />,
            <Fields key="gives" fields={output} nothing="an empty object" />,
            repeatWords[repeat],
          ],
        }))}
      />
    </Fold>
  );
}

function Named({ name, summary }: { name: string; summary: string }) {
  return (
    <>
      <code>{name}</code>
      <div className="cr-under">{summary}</div>
    </>
  );
}

function Fields({ fields, nothing }: { fields: readonly ApiField[]; nothing: string }) {
  if (fields.length === 0) return nothing;
  return fields.map(({ path, type, required }, index) => (
    <div key={`${index} ${path}`}>
      {path === '' ? 'the whole body' : <code>{path}</code>}
      {`: ${type}${required ? '' : ', may be left out'}`}
    </div>
  ));
}
