import { Button, Group, Progress, Text } from '@mantine/core';
import { IconPlayerPlay, IconPlayerTrackNext, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { presetOf, type Campaign, type Claims } from '../../engine/model/index.ts';
import { formatMs, plural } from '../../report/index.ts';
import { formatHash } from '../shared/router.ts';
import { dropCampaign, goOn, measureAll, missingIn, useCampaign } from './campaign-store.ts';
import { useClaims } from './claims-store.ts';
import classes from './claims.module.css';

/** Offers to measure what is missing in one go, and says how far that has got. */
export function CampaignCard({ claims, application, busy }: { claims: Claims; application: string; busy: boolean }) {
  const campaign = useCampaign((state) => state.campaign);
  if (campaign !== null) return <Going campaign={campaign} busy={busy} />;
  const missing = missingIn(claims);
  if (missing.length === 0) return null;
  return <Offer missing={missing} application={application} busy={busy} />;
}

function Offer({
  missing,
  application,
  busy,
}: {
  missing: ReturnType<typeof missingIn>;
  application: string;
  busy: boolean;
}) {
  const [starting, setStarting] = useState(false);
  const allMs = missing.reduce((sum, { estimateMs }) => sum + estimateMs, 0);
  return (
    <section className={classes.campaign} aria-label="What is missing">
      <Text size="sm">
        {plural(missing.length, 'experiment')} would measure what is missing, one after another:{' '}
        {missing.map(({ title }) => title).join(', ')}.
      </Text>
      <Button
        size="xs"
        leftSection={<IconPlayerPlay size={14} />}
        disabled={busy}
        loading={starting}
        onClick={() => {
          setStarting(true);
          void measureAll(
            application,
            missing.map(({ preset }) => preset),
            useClaims.getState().runtime,
          ).finally(() => setStarting(false));
        }}
      >
        Measure all of it, at most {formatMs(allMs)}
      </Button>
    </section>
  );
}

function Going({ campaign: { left, done, state, because }, busy }: { campaign: Campaign; busy: boolean }) {
  const [next] = left;
  const all = left.length + done.length;
  const title = next === undefined ? '' : titleOf(next);
  return (
    <section className={classes.campaign} aria-label="What is missing">
      <div className={classes.going}>
        <Text size="sm" role="status">
          {done.length} of {all} measured.{' '}
          {state === 'running' ? (
            <>
              {title} runs now, {plural(left.length - 1, 'experiment')} after it.{' '}
              <a className={classes.link} href={formatHash({ page: 'run' })}>
                Watch it
              </a>
            </>
          ) : (
            `Stopped before ${title}. ${because ?? ''}`
          )}
        </Text>
        <Progress value={(100 * done.length) / Math.max(1, all)} size="sm" mt={6} aria-label="Experiments measured" />
      </div>
      <Group gap="xs">
        {state === 'paused' ? (
          <Button size="xs" leftSection={<IconPlayerTrackNext size={14} />} disabled={busy} onClick={() => void goOn()}>
            Go on
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} />}
          onClick={() => void dropCampaign()}
        >
          {state === 'running' ? 'Stop after this one' : 'Forget the rest'}
        </Button>
      </Group>
    </section>
  );
}

function titleOf(preset: string): string {
  try {
    return presetOf(preset).title;
  } catch {
    return preset;
  }
}
