import { Loader } from '@mantine/core';
import { IconBan, IconCheck, IconX } from '@tabler/icons-react';
import { memo, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { formatClock, formatTook } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { useNow } from '../shared/use-now.ts';
import { VariantDot } from '../shared/VariantDot.tsx';
import { useRun } from './run-store.ts';
import { groupSteps } from './view/group-steps.ts';
import type { StepView } from './view/run-view.ts';
import classes from './run.module.css';

/** Every step with its duration, round by round; the list follows the work. */
export function StepsCard() {
  const steps = useDeferredValue(useRun((state) => state.view.steps));
  const rounds = useRun((state) => state.view.rounds);
  const experiment = useRun((state) => state.view.head.experiment);
  const names = useMemo(() => experiment?.variants.map((variant) => variant.name) ?? [], [experiment]);
  const groups = useMemo(() => groupSteps(steps, rounds), [steps, rounds]);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const element = list.current;
    if (element !== null && !element.matches(':hover, :focus-within')) element.scrollTop = element.scrollHeight;
  }, [steps.length]);
  return (
    <Card title="Steps" flush>
      <ul className={classes.steps} ref={list} aria-label="Steps" tabIndex={0}>
        {groups.map((group) => (
          <li key={group.key}>
            {group.round === null ? null : (
              <div className={classes.roundHead}>
                <VariantDot index={names.indexOf(group.round.variant)} />
                Block {group.round.block + 1} · {group.round.variant}
                {group.round.replica ? ' (second copy)' : ''}
              </div>
            )}
            <ul style={{ listStyle: 'none', padding: 0, margin: 0 }}>
              {group.steps.map((step) => (
                <Step key={step.id} step={step} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const Step = memo(function Step({ step }: { step: StepView }) {
  return (
    <li
      className={classes.step}
      data-outcome={step.outcome}
      style={{ paddingLeft: 14 + step.depth * 14 }}
      title={step.detail ?? undefined}
    >
      <StepIcon outcome={step.outcome} />
      <span>{step.title}</span>
      {step.durationMs === null ? <Running sinceMs={step.startedAtMs} /> : <time>{formatTook(step.durationMs)}</time>}
    </li>
  );
});

function StepIcon({ outcome }: { outcome: StepView['outcome'] }) {
  switch (outcome) {
    case 'running':
      return <Loader size={12} role="img" aria-label="running" />;
    case 'done':
      return <IconCheck size={14} className={classes.done} role="img" aria-label="done" />;
    case 'failed':
      return <IconX size={14} role="img" aria-label="failed" />;
    case 'cancelled':
      return <IconBan size={14} role="img" aria-label="cancelled" />;
  }
}

function Running({ sinceMs }: { sinceMs: number }) {
  return <time>{formatClock(useNow(1000) - sinceMs)}</time>;
}
