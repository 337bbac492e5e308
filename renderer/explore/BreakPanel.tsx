import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useState } from 'react';
import type { Application, Fault } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { Card } from '../shared/Card.tsx';
import { newFault } from '../shared/fault-words.ts';
import { FaultFields } from '../shared/FaultFields.tsx';
import { attempt } from '../shared/problem.ts';

/** Breaks something by hand. */
export function BreakPanel({ application, ready }: { application: Application; ready: boolean }) {
  const [fault, setFault] = useState<Fault>(() => newFault('crash', favourite(application), undefined));
  const [breaking, setBreaking] = useState(false);
  const inject = async (): Promise<void> => {
    setBreaking(true);
    await attempt('The fault could not be injected', async () => void (await ask('explore:inject', fault)));
    setBreaking(false);
  };
  return (
    <Card title="Break something">
      <FaultFields fault={fault} application={application} onChange={setFault} />
      <Button
        mt="sm"
        fullWidth
        color="red"
        variant="light"
        leftSection={<IconBolt size={16} />}
        disabled={!ready}
        loading={breaking}
        onClick={() => void inject()}
      >
        Break it
      </Button>
    </Card>
  );
}

/** A module that others can do without, because that is where cuts differ most. */
function favourite(application: Application): string {
  for (const module of Object.values(application.modules)) {
    const optional = module.uses.find((one) => one.need === 'optional');
    if (optional !== undefined) return optional.module;
  }
  return Object.keys(application.modules)[0] ?? '';
}
