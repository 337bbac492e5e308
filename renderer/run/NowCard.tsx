import { Button, Loader, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useShallow } from 'zustand/react/shallow';
import { finishedRounds } from '../../engine/model/index.ts';
import { formatClock, formatRough } from '../../report/index.ts';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';
import { useNow } from '../shared/use-now.ts';
import { RoundsStrip } from './RoundsStrip.tsx';
import { useRun } from './run-store.ts';
import { engineLost, mayEndEarly, progressOf, remainingMs, sentenceOf } from './view/derive.ts';
import classes from './run.module.css';

/** What happens now in words, how far it is and how long it will take. */
export function NowCard() {
  const { active, head, rounds, steps } = useRun(
    useShallow(({ active, view: { head, rounds, steps } }) => ({ active, head, rounds, steps })),
  );
  const now = useNow(active ? 1000 : null);
  const at = active ? now : (head.end?.atMs ?? head.lastAtMs ?? now);
  const view = { head, rounds, steps };
  const percent = progressOf(view, at) * 100;
  const left = remainingMs(view, at);
  const engine = useWorld((world) => world.engine);
  const lost = active ? engineLost(head.runtime, engine) : null;
  const good = head.end?.outcome === 'completed';
  const resultId = head.end?.resultId ?? null;
  return (
    <section className={classes.now} aria-label="Now">
      <div className={classes.sentence}>
        {active && lost === null ? (
          <Loader size={16} aria-hidden="true" />
        ) : good ? (
          <IconCircleCheck size={20} color="var(--good)" aria-hidden="true" />
        ) : (
          <IconAlertTriangle size={20} color="var(--warn)" aria-hidden="true" />
        )}
        <span role="status">{lost ?? sentenceOf(view)}</span>
        {resultId === null ? null : (
          <Button size="compact-sm" variant="light" onClick={() => navigate({ page: 'result', id: resultId })}>
            Open the report
          </Button>
        )}
      </div>
      <dl className={classes.clock} style={{ margin: 0 }}>
        <div>
          <dt>Rounds</dt>
          <dd>
            {finishedRounds(rounds)} / {mayEndEarly(head) ? '≤ ' : ''}
            {head.rounds}
          </dd>
        </div>
        <div>
          <dt>Elapsed</dt>
          <dd>{formatClock(at - (head.startedAtMs ?? at))}</dd>
        </div>
        <div>
          <dt>{mayEndEarly(head) ? 'Left, at most' : 'Left'}</dt>
          <dd style={{ minWidth: 104 }}>
            {left === null ? '–' : `${mayEndEarly(head) ? '' : 'about '}${formatRough(left)}`}
          </dd>
        </div>
      </dl>
      <Progress
        className={classes.progress}
        value={percent}
        color={head.end !== null && !good ? 'gray' : 'iris'}
        size="sm"
        aria-label="Progress of the run"
        transitionDuration={0}
      />
      <RoundsStrip />
    </section>
  );
}
