import { Button, Text } from '@mantine/core';
import { IconSwitchHorizontal } from '@tabler/icons-react';
import {
  changeRefusal,
  type Application,
  type ExploreState,
  type InstanceChange,
  type ReplacedInstance,
} from '../../engine/model/index.ts';
import { formatClock, formatTook } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { Explained } from '../shared/Explained.tsx';
import { useNow } from '../shared/use-now.ts';
import { changeInstances } from './change-instances.ts';
import { outcomeInWords } from './change-words.ts';
import classes from './explore.module.css';

const everything: InstanceChange = { kind: 'replace', unit: null, strategy: 'blue-green' };

/** What change to instances is under way, what came of the last one, and the change of all units at once. */
export function ChangesCard({ explore, application }: { explore: ExploreState; application: Application }) {
  const { change, phase, topology } = explore;
  const isUnderWay = change !== null && change.end === null;
  const now = useNow(isUnderWay ? 1000 : null);
  const refusal =
    phase === 'running' && topology !== null
      ? changeRefusal(everything, { ...explore, topology }, application)
      : { message: 'Units can be changed while the cut runs.', nextStep: '' };
  const failed = change?.end?.problem != null;
  return (
    <Card
      title="Replace and double"
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSwitchHorizontal size={14} />}
          disabled={refusal !== null}
          loading={isUnderWay && change.what.unit === null}
          onClick={() => void changeInstances(everything)}
        >
          Replace everything at once
        </Button>
      }
    >
      <Text size="sm" role="status" className={failed ? classes.failed : undefined}>
        <Explained only={['instance']}>{outcomeInWords(change)}</Explained>
      </Text>
      {isUnderWay ? (
        <Text size="xs" c="dimmed" className="number">
          for {formatClock(now - change.sinceMs)}
        </Text>
      ) : null}
      {refusal === null || isUnderWay ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          {refusal.message} {refusal.nextStep}
        </Text>
      )}
      {change?.end == null || change.end.replaced.length === 0 ? null : <Marks replaced={change.end.replaced} />}
    </Card>
  );
}

/** When what became of each instance that was replaced, since the change began. */
function Marks({ replaced }: { replaced: readonly ReplacedInstance[] }) {
  return (
    <div className={classes.scroll} role="group" aria-label="When it happened, since the change began" tabIndex={0}>
      <table className={classes.marks}>
        <thead>
          <tr>
            {['Unit', 'Instance', 'Started', 'Ready', 'Switched', 'Drained', 'Removed'].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {replaced.map((one) => (
            <tr key={`${one.unit} ${one.from}`}>
              <th scope="row">{one.unit}</th>
              <td>{one.from === one.to ? `${one.to}, anew` : `${one.from} → ${one.to}`}</td>
              {[one.startedMs, one.readyMs, one.switchedMs, one.drainedMs, one.removedMs].map((ms, index) => (
                <td key={index}>{ms === null ? '–' : formatTook(ms)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
