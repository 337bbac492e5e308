import { Popover, Text, UnstyledButton } from '@mantine/core';
import { useEffect } from 'react';
import { useRun } from '../run/run-store.ts';
import { followMachine, useMachine } from './machine-store.ts';
import { gaugeOf } from './words.ts';
import engineClasses from '../engine-status/engine-status.module.css';

/** How quiet the machine is, in the status line; why not, on click. */
export function QuietnessGauge() {
  useEffect(followMachine, []);
  const now = useMachine((machine) => machine.now);
  const active = useRun((state) => state.active);
  const last = useRun((state) => state.view.rounds.findLast(({ status }) => status !== 'running') ?? null);
  const gauge = gaugeOf(now, active ? last : null);
  if (gauge === null) return null;
  return (
    <Popover width={340} position="top-start" withArrow shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={engineClasses.line} aria-label={`Machine: ${gauge.text}`}>
          <span className={engineClasses.dot} data-tone={gauge.tone} aria-hidden="true" />
          <span className={engineClasses.text}>{gauge.text}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Quietness of the machine">
        <Text size="sm">{gauge.detail}</Text>
        <Text size="xs" c="dimmed" mt={6}>
          What other programs do to the processors shows in what is measured. Disturbed rounds are marked; more blocks,
          or a few of them once more, make up for it as far as the plan goes.
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
