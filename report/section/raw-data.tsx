import type { Result, Round } from '../../engine/model/index.ts';
import { allValues, type RoundValue } from '../data/rounds.ts';
import { variantIndex, variantTitle } from '../data/variants.ts';
import { formatValue, metricTitle, scopeText } from '../format/index.ts';
import { DataTable } from '../part/data-table.tsx';
import { Fold } from '../part/fold.tsx';
import { Section } from '../part/section.tsx';
import { VariantTag } from '../part/variant-tag.tsx';

/** The values of every round behind the findings, a column a round. */
export function RawDataSection({ result, note }: { result: Result; note?: string | undefined }) {
  const values = allValues(result);
  if (values.length === 0) return null;
  const rounds = result.rounds.filter((round) => values.some((value) => value.round === round.id));
  const groups = Array.from({ length: Math.ceil(rounds.length / widest) }, (_, index) =>
    rounds.slice(index * widest, (index + 1) * widest),
  );
  return (
    <Section
      id="raw"
      title="Raw data"
      lead={
        note ?? 'The values of every round. The complete result, histograms included, comes with this report as JSON.'
      }
    >
      <Fold title={`${values.length} values of ${rounds.length} rounds`}>
        {groups.map((group, index) => (
          <ValuesTable
            key={group[0]?.id}
            result={result}
            rounds={group}
            values={values}
            part={groups.length > 1 ? `, part ${index + 1} of ${groups.length}` : ''}
          />
        ))}
      </Fold>
    </Section>
  );
}

/** Rounds beside each other in one table; more do not fit on paper. */
const widest = 6;

const keyOf = (value: RoundValue): string => `${value.metric}\n${scopeText(value.scope)}`;

function ValuesTable({
  result,
  rounds,
  values,
  part,
}: {
  result: Result;
  rounds: readonly Round[];
  values: readonly RoundValue[];
  part: string;
}) {
  const ids = new Set(rounds.map((round) => round.id));
  const measures = [
    ...new Map(values.filter((value) => ids.has(value.round)).map((value) => [keyOf(value), value])).values(),
  ];
  const found = new Map(values.map((value) => [`${value.round}\n${keyOf(value)}`, value]));
  return (
    <DataTable
      caption={`Values by round${part}`}
      className="cr-raw"
      columns={[
        { key: 'measure', title: 'Measure' },
        ...rounds.map((round) => ({
          key: round.id,
          numeric: true,
          title: (
            <>
              <VariantTag index={variantIndex(result, round.variant)} title={variantTitle(result, round.variant)} />
              <span className="cr-under">{roundWord(round)}</span>
            </>
          ),
        })),
      ]}
      rows={measures.map((measure) => ({
        key: keyOf(measure),
        cells: [
          [metricTitle(measure), scopeText(measure.scope)].filter((part) => part !== '').join(', '),
          ...rounds.map((round) => {
            const value = found.get(`${round.id}\n${keyOf(measure)}`);
            return value === undefined ? '' : `${value.atLeast ? '≥ ' : ''}${formatValue(value.value, value.unit)}`;
          }),
        ],
      }))}
    />
  );
}

function roundWord(round: Round): string {
  return `${round.block + 1}.${round.position + 1}${round.replica ? ' A/A' : ''}${round.status === 'completed' ? '' : ` ${round.status}`}`;
}
