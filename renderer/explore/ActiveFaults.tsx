import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { faultInWords, type Application, type ExploreState, type Fault } from '../../engine/model/index.ts';
import { formatClock } from '../../report/index.ts';
import { ask } from '../shared/bridge.ts';
import { Card } from '../shared/Card.tsx';
import { attempt } from '../shared/problem.ts';
import { troubleIn } from '../shared/unit-words.ts';
import { useNow } from '../shared/use-now.ts';
import { byUnit, instancesHit } from './by-unit.ts';
import classes from './explore.module.css';

/** What is broken now, with its undo. */
export function ActiveFaults({ explore, application }: { explore: ExploreState; application: Application }) {
  const { faults } = explore;
  const where = (fault: Fault): string => {
    const hit = instancesHit(fault, explore, application);
    return hit < 2 || fault.instances === 'one' ? '' : `in all ${hit} instances, `;
  };
  const now = useNow(faults.length > 0 ? 1000 : null);
  const [undoing, setUndoing] = useState<string | null>(null);
  const undo = async (id: string): Promise<void> => {
    setUndoing(id);
    await attempt('The fault could not be undone', () => ask('explore:undo', id));
    setUndoing(null);
  };
  return (
    <Card title="Broken now">
      {faults.length === 0 ? (
        <Text size="sm" c="dimmed" role="status">
          {troubleIn(byUnit(explore)) ?? 'Nothing is broken.'}
        </Text>
      ) : (
        <Stack gap="xs">
          {faults.map(({ id, fault, sinceMs }) => (
            <div key={id} className={classes.fault}>
              <div>
                <b>{faultInWords(fault)}</b>
                <div className="number" style={{ fontSize: 12 }}>
                  {where(fault)}for {formatClock(now - sinceMs)}
                </div>
              </div>
              <Button
                size="compact-sm"
                color="red"
                variant="light"
                aria-label={`Undo ${faultInWords(fault)}`}
                loading={undoing === id}
                onClick={() => void undo(id)}
              >
                Undo
              </Button>
            </div>
          ))}
        </Stack>
      )}
    </Card>
  );
}
