import { Button, Text, Tooltip } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { presetOf, type Application, type Experiment } from '../../engine/model/index.ts';
import { formatEstimate } from '../../report/index.ts';
import { useEstimate } from '../shared/estimate.ts';
import { launch } from '../shared/launch.ts';
import { useClaims } from './claims-store.ts';
import { experimentOf } from './experiment-of.ts';

interface Props {
  preset: string;
  application: Application;
  /** A run is active. */
  busy: boolean;
}

/** Launches what a preset makes of an application, or says why it makes nothing of it. */
export function MeasureButton({ preset, application, busy }: Props) {
  const runtime = useClaims((claims) => claims.runtime);
  const built = useMemo(() => experimentOf(preset, application, runtime), [preset, application, runtime]);
  const { title } = presetOf(preset);
  if (typeof built === 'string')
    return (
      <Text size="sm" c="dimmed" component="span">
        {title}: {built}
      </Text>
    );
  return <Launch title={title} experiment={built} busy={busy} />;
}

function Launch({ title, experiment, busy }: { title: string; experiment: Experiment; busy: boolean }) {
  const [starting, setStarting] = useState(false);
  const estimate = useEstimate(experiment);
  return (
    <Tooltip label="A run is active; it must end or be cancelled first" disabled={!busy}>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconPlayerPlay size={14} />}
        disabled={busy}
        loading={starting}
        aria-label={`Measure ${title}`}
        onClick={() => {
          setStarting(true);
          void launch(experiment).finally(() => setStarting(false));
        }}
      >
        {title}, {formatEstimate(estimate)}
      </Button>
    </Tooltip>
  );
}
