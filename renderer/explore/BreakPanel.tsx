import { Button, Text } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { useState } from 'react';
import { faultRefusal, type Application, type ExploreState, type Fault } from '../../engine/model/index.ts';
import { ask } from '../shared/bridge.ts';
import { Card } from '../shared/Card.tsx';
import { newFault } from '../shared/fault-words.ts';
import { FaultFields } from '../shared/FaultFields.tsx';
import { attempt } from '../shared/problem.ts';
import { instancesHit } from './by-unit.ts';

/** Breaks something by hand. */
export function BreakPanel({ explore, application }: { explore: ExploreState; application: Application }) {
  const { phase, topology } = explore;
  const [fault, setFault] = useState<Fault>(() => newFault('crash', favourite(application), undefined));
  const [breaking, setBreaking] = useState(false);
  const instances = instancesHit(fault, explore, application);
  // What is left of several is all of them.
  const meant = instances > 1 ? fault : { ...fault, instances: undefined };
  const refusal = topology === null ? null : faultRefusal(meant, { ...explore, topology }, application);
  const inject = async (): Promise<void> => {
    setBreaking(true);
    await attempt('The fault could not be injected', async () => void (await ask('explore:inject', meant)));
    setBreaking(false);
  };
  return (
    <Card title="Break something">
      <FaultFields fault={meant} application={application} instances={instances} onChange={setFault} />
      <Button
        mt="sm"
        fullWidth
        color="red"
        variant="light"
        leftSection={<IconBolt size={16} />}
        disabled={phase !== 'running' || refusal !== null}
        loading={breaking}
        onClick={() => void inject()}
      >
        Break it
      </Button>
      {refusal === null ? null : (
        <Text size="xs" c="dimmed" mt={6}>
          {refusal.message} {refusal.nextStep}
        </Text>
      )}
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
