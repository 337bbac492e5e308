import { timesOf } from '../../../engine/evaluation/index.ts';
import { percentile, type LoadWindow, type Result, type Round } from '../../../engine/model/index.ts';
import { variantIndex, variantTitle } from '../../data/variants.ts';
import { formatMs, formatShare } from '../../format/index.ts';
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
  );
}

function rowOf(result: Result, { round, window }: Turn): Row {
  const times = timesOf(window.load, undefined);
  const median = times === null ? null : percentile(times.response, times.counts, 0.5);
  return {
    key: `${round.id} ${window.pair}`,
    cells: [
      `${round.block + 1}.${window.pair + 1}${round.replica ? ' A/A' : ''}`,
      <VariantTag
        key="variant"
        index={variantIndex(result, round.variant)}
        title={variantTitle(result, round.variant)}
      />,
      median === null || median.kind === 'tooFew'
        ? 'too few'
        : `${median.kind === 'atLeast' ? '≥ ' : ''}${formatMs(median.ms)}`,
      window.lengthMs === 0 ? 'not measured' : formatShare(Math.min(1, window.withheldMs / window.lengthMs)),
      formatMs(window.parkedMs),
      round.status,
    ],
  };
}
