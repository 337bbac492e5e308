import { Button, Text } from '@mantine/core';
import { IconSwitchHorizontal } from '@tabler/icons-react';
import {
  replacementRefusal,
  type Application,
  type ExploreState,
  type Replacement,
  type ReplacedInstance,
} from '../../engine/model/index.ts';
import { formatClock, formatTook } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { Explained } from '../shared/Explained.tsx';
import { useNow } from '../shared/use-now.ts';
import { outcomeInWords } from './outcome-words.ts';
import { replaceInstances } from './replace-instances.ts';
import classes from './explore.module.css';

const everything: Replacement = { kind: 'replace', unit: null, strategy: 'blue-green' };

/** What replacement is under way, what came of the last one, and the one of all units at once. */
export function ReplacementCard({ explore, application }: { explore: ExploreState; application: Application }) {
  const { replacement, phase, topology } = explore;
  const isUnderWay = replacement !== null && replacement.end === null;
  const now = useNow(isUnderWay ? 1000 : null);
  const refusal =
    phase === 'running' && topology !== null
      ? replacementRefusal(everything, { ...explore, topology }, application)
      : { message: 'Units can be replaced while the cut runs.', nextStep: '' };
  const failed = replacement?.end?.problem != null;
  return (
    <Card
      title="Replace and double"
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSwitchHorizontal size={14} />}
          disabled={refusal !== null}
          loading={isUnderWay && replacement.what.unit === null}
          onClick={() => void replaceInstances(everything)}
        >
          Replace everything at once
        </Button>
      }
    >
      <Text size="sm" role="status" className={failed ? classes.failed : undefined}>
        <Explained only={['instance']}>{outcomeInWords(replacement)}</Explained>
      </Text>
      {isUnderWay ? (
        <Text size="xs" c="dimmed" className="number">
          for {formatClock(now - replacement.sinceMs)}
        </Text>
      ) : null}
      {refusal === null || isUnderWay ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          {refusal.message} {refusal.nextStep}
        </Text>
      )}
      {replacement?.end == null || replacement.end.replaced.length === 0 ? null : (
        <Marks replaced={replacement.end.replaced} />
      )}
    </Card>
  );
}

/** When what became of each instance that was replaced, since the replacement began. */
function Marks({ replaced }: { replaced: readonly ReplacedInstance[] }) {
  return (
    <div
      className={classes.scroll}
      role="group"
      aria-label="When it happened, since the replacement began"
      tabIndex={0}
    >
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
