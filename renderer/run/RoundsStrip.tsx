import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { formatSpan } from '../../report/index.ts';
import { VariantDot } from '../shared/VariantDot.tsx';
import { useRun } from './run-store.ts';
import type { RoundView } from './view/run-view.ts';
import classes from './run.module.css';

/** The plan as a strip: a block of cells for each block, in the order the rounds run. */
export const RoundsStrip = memo(function RoundsStrip() {
  const rounds = useRun((state) => state.view.rounds);
  const experiment = useRun((state) => state.view.head.experiment);
  const names = experiment?.variants.map((variant) => variant.name) ?? [];
  const blocks = experiment?.blocks ?? 0;
  const perBlock = names.length + (experiment?.noiseFloor === true ? 1 : 0);
  return (
    <div className={classes.strip}>
      <div className={classes.blocks} role="group" aria-label="Rounds by block">
        {Array.from({ length: blocks }, (_, block) => (
          <div key={block} className={classes.block} role="group" aria-label={`Block ${block + 1}`}>
            <span className="number">{block + 1}</span>
            {Array.from({ length: perBlock }, (_unused, position) => (
              <Cell
                key={position}
                round={rounds.findLast((one) => one.block === block && one.position === position)}
                names={names}
              />
            ))}
          </div>
        ))}
      </div>
      <Legend names={names} />
    </div>
  );
});

function Cell({ round, names }: { round: RoundView | undefined; names: readonly string[] }) {
  if (round === undefined) return <span className={classes.cell} role="img" aria-label="waiting" />;
  const took = round.durationMs === null ? '' : `, ${formatSpan(round.durationMs)}`;
  const label = `${round.variant}${round.replica ? ' (second copy)' : ''}: ${round.status}${took}${round.reasons.length > 0 ? `. ${round.reasons.join('; ')}` : ''}`;
  return (
    <Tooltip label={label}>
      <span className={classes.cell} data-status={round.status} role="img" aria-label={label} tabIndex={0}>
        {round.status === 'completed' || round.status === 'running' ? (
          <VariantDot index={names.indexOf(round.variant)} />
        ) : round.status === 'cancelled' ? (
          <IconX size={11} aria-hidden="true" />
        ) : (
          <IconAlertTriangle size={11} color="var(--warn)" aria-hidden="true" />
        )}
      </span>
    </Tooltip>
  );
}

/** Names of the variants with their marks. */
function Legend({ names }: { names: readonly string[] }) {
  return (
    <div className={classes.legend}>
      {names.map((name, index) => (
        <span key={name} className={classes.swatch}>
          <VariantDot index={index} />
          {name}
        </span>
      ))}
    </div>
  );
}
