import { RingProgress } from '@mantine/core';
import { useShallow } from 'zustand/react/shallow';
import { percentFigure } from '../../engine/model/index.ts';
import { formatHash } from '../shared/router.ts';
import { useNow } from '../shared/use-now.ts';
import { useRun } from './run-store.ts';
import { progressOf } from './view/derive.ts';
import classes from './run.module.css';

/** The current run in the status line: how far it is, and the way to it. */
export function RunPill() {
  const { active, head, rounds } = useRun(
    useShallow((state) => ({ active: state.active, head: state.view.head, rounds: state.view.rounds })),
  );
  const now = useNow(active ? 1000 : null);
  if (!active) return <span>No run active</span>;
  const progress = progressOf({ head, rounds }, now);
  const percent = percentFigure(progress, 0);
  const doing = head.cancelling === null ? 'Running' : 'Cancelling';
  return (
    <a
      className={classes.pill}
      href={formatHash({ page: 'run' })}
      aria-label={`Current run: ${head.experiment?.title ?? 'starting'}, ${percent} %`}
    >
      <RingProgress size={22} thickness={3} sections={[{ value: progress * 100, color: 'iris' }]} aria-hidden="true" />
      <span className="number">
        {doing} {percent} % · {head.experiment?.title ?? 'starting'}
      </span>
    </a>
  );
}
