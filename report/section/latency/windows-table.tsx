import { medianOf, sensitivityToWithheld, withheldIn } from '../../../engine/evaluation/index.ts';
import type { LoadWindow, Result, Round } from '../../../engine/model/index.ts';
import { variantIndex, variantTitle } from '../../data/variants.ts';
import { formatCount, formatMs, formatRatio, formatShare } from '../../format/index.ts';
import { DataTable, type Row } from '../../part/data-table.tsx';
import { Fold } from '../../part/fold.tsx';
import { VariantTag } from '../../part/variant-tag.tsx';

interface Turn {
  round: Round;
  window: LoadWindow;
}

/** Each window in which the deployments of a block were loaded in turn, in the order of time: its median, and how much of the CPU the machine withheld meanwhile. Left out where there are none. */
export function WindowsTable({ result }: { result: Result }) {
  const turns = result.rounds
    .flatMap((round) => round.windows.map((window): Turn => ({ round, window })))
    .toSorted((a, b) => a.window.startedAtMs - b.window.startedAtMs);
  if (turns.length === 0) return null;
  return (
    <>
      <WithheldSensitivity result={result} />
      <Fold title={`${turns.length} windows in turn, with what the machine withheld in each`} onPaper={false}>
        <DataTable
          caption="Windows in the order in which they were loaded"
          columns={[
            { key: 'place', title: 'Block and pair' },
            { key: 'variant', title: 'Variant' },
            { key: 'p50', title: 'p50', numeric: true },
            { key: 'withheld', title: 'CPU withheld', numeric: true },
            { key: 'parked', title: 'Held still before', numeric: true },
            { key: 'round', title: 'Round' },
          ]}
          rows={turns.map((turn) => rowOf(result, turn))}
        />
      </Fold>
    </>
  );
}

/** What the medians would be had the machine withheld as much CPU from every variant; left out where it withheld too little to tell. */
function WithheldSensitivity({ result }: { result: Result }) {
  const found = sensitivityToWithheld(result);
  if (found === null) return null;
  const { slope, ratios } = found;
  // By how much a hundredth of the CPU changes the median.
  const perHundredth = (of: number) => formatShare(Math.exp(of / 100) - 1);
  return (
    <p>
      Sensitivity to what the machine withheld (no verdict rests on it): within a deployment the median changed by{' '}
      {perHundredth(slope.slope)} with each hundredth of the CPU that was withheld ({perHundredth(slope.interval.low)}{' '}
      to {perHundredth(slope.interval.high)} with 95 % confidence, {formatCount(slope.points)} windows). Had as much
      been withheld from both:{' '}
      {ratios
        .map(
          ({ baseline, variant, measured, evened }) =>
            `p50 of ${variantTitle(result, variant)} ${formatRatio(evened)} that of ${variantTitle(result, baseline)} (measured: ${formatRatio(measured)})`,
        )
        .join('; ')}
      .
    </p>
  );
}

function rowOf(result: Result, { round, window }: Turn): Row {
  const [median, withheld] = [medianOf(window), withheldIn(window)];
  return {
    key: `${round.id} ${window.pair}`,
    cells: [
      `${round.block + 1}.${window.pair + 1}${round.replica ? ' A/A' : ''}`,
      <VariantTag
        key="variant"
        index={variantIndex(result, round.variant)}
        title={variantTitle(result, round.variant)}
      />,
      median === null ? 'too few' : `${median.atLeast ? '≥ ' : ''}${formatMs(median.ms)}`,
      withheld === null ? 'not measured' : formatShare(withheld),
      formatMs(window.parkedMs),
      round.status,
    ],
  };
}
