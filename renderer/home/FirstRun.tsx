import { Button } from '@mantine/core';
import { IconBook2, IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatEstimate } from '../../report/index.ts';
import { useEstimate } from '../shared/estimate.ts';
import { launch } from '../shared/launch.ts';
import { navigate } from '../shared/router.ts';
import type { Scenario } from '../shared/scenarios.ts';
import classes from './home.module.css';

interface Props {
  /** Shows that everything works. */
  smoke: Scenario;
  /** Answers something. */
  quick: Scenario;
  busy: boolean;
  onSkip: () => void;
}

/** Three steps for somebody new: read what comes out, see that it works here, find out something. */
export function FirstRun({ smoke, quick, busy, onSkip }: Props) {
  return (
    <section className={classes.firstRun} aria-label="First steps">
      <header>
        <h2>New here? Three steps</h2>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onSkip}>
          Skip
        </Button>
      </header>
      <ol>
        <Step
          title="Read a finished result"
          text="What you will get: a comparison that was really measured, with its answer on the first page."
        >
          <Button leftSection={<IconBook2 size={15} />} onClick={() => navigate({ page: 'sample' })}>
            Read the sample
          </Button>
        </Step>
        <LaunchStep
          scenario={smoke}
          busy={busy}
          title="See that it works here"
          text="Every part once, on this machine. It decides nothing yet."
        />
        <LaunchStep
          scenario={quick}
          busy={busy}
          title="Get an answer"
          text="What splitting the sample shop costs, and what it buys when something breaks."
        />
      </ol>
    </section>
  );
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li>
      <b>{title}</b>
      <span>{text}</span>
      {children}
    </li>
  );
}

function LaunchStep({
  scenario,
  busy,
  title,
  text,
}: {
  scenario: Scenario;
  busy: boolean;
  title: string;
  text: string;
}) {
  const estimate = useEstimate(scenario.experiment);
  return (
    <Step title={title} text={`${text} It takes ${formatEstimate(estimate)}.`}>
      <Button
        variant="light"
        leftSection={<IconPlayerPlay size={15} />}
        aria-label={`Start with ${scenario.title}`}
        disabled={busy}
        onClick={() => void launch(scenario.experiment)}
      >
        Launch
      </Button>
    </Step>
  );
}
