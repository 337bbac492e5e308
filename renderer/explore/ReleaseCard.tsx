import { Button, Group, Select, Text } from '@mantine/core';
import { IconArrowBackUp, IconRocket } from '@tabler/icons-react';
import { useState } from 'react';
import {
  changesToChoose,
  releaseRefusal,
  replacementStrategies,
  type Application,
  type ExploreRelease,
  type ExploreState,
  type ReleaseByHand,
  type ReplacementStrategy,
} from '../../engine/model/index.ts';
import { formatClock } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { changeOptions, renderChange } from '../shared/change-options.tsx';
import { strategyWords } from '../shared/strategy-words.ts';
import { useNow } from '../shared/use-now.ts';
import { ChangeFacts } from './ChangeFacts.tsx';
import { cancelByHand, releaseByHand, takeBackByHand } from './release-by-hand.ts';
import { releaseLossInWords, releaseOutcomeInWords, releasedUnitInWords } from './release-words.ts';
import classes from './explore.module.css';

/** Releases one change of the application and takes it back; not there for an application without changes. */
export function ReleaseCard({ explore, application }: { explore: ExploreState; application: Application }) {
  const { topology, phase, release, live } = explore;
  const first = changesToChoose(application)[0]?.changes[0]?.name;
  const [chosen, setChosen] = useState(first);
  const [strategy, setStrategy] = useState<ReplacementStrategy>('rolling');
  if (first === undefined || chosen === undefined) return null;
  const refusalOf = (kind: ReleaseByHand['kind']) =>
    phase === 'running' && topology !== null
      ? releaseRefusal(
          { kind, change: chosen },
          kind === 'release' ? strategy : (release?.strategy ?? strategy),
          { ...explore, topology },
          application,
        )
      : { message: 'Changes can be released while the cut runs.', nextStep: '' };
  const isUnderWay = release?.end === null;
  const refusal = refusalOf('release');
  const hasFailed = live.halfWay || (release?.end?.problem != null && !release.end.cancelled);
  return (
    <Card
      title="Release a change"
      actions={
        <Group gap="xs">
          {isUnderWay ? (
            <Button size="xs" variant="default" onClick={() => void cancelByHand()}>
              Cancel
            </Button>
          ) : null}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            disabled={refusalOf('take-back') !== null}
            loading={isUnderWay && release.what.kind === 'take-back'}
            onClick={() => void takeBackByHand()}
          >
            Take it back
          </Button>
          <Button
            size="xs"
            leftSection={<IconRocket size={14} />}
            disabled={refusal !== null}
            loading={isUnderWay && release.what.kind === 'release'}
            onClick={() => void releaseByHand(chosen, strategy)}
          >
            Release
          </Button>
        </Group>
      }
    >
      <div className={classes.choice}>
        <Select
          label="Change"
          data={changeOptions(application)}
          renderOption={renderChange(application)}
          value={chosen}
          allowDeselect={false}
          maxDropdownHeight={320}
          disabled={isUnderWay}
          onChange={(name) => setChosen(name ?? chosen)}
        />
        <Select
          label="How its units are replaced"
          renderOption={({ option }) => (
            <span>
              {option.label}{' '}
              <Text span size="xs" c="dimmed" display="block">
                {replacementStrategies.includes(option.value) ? strategyWords[option.value].text : null}
              </Text>
            </span>
          )}
          data={replacementStrategies.map((value) => ({ value, label: strategyWords[value].title }))}
          value={strategy}
          allowDeselect={false}
          disabled={isUnderWay}
          onChange={(value) => setStrategy(replacementStrategies.find((one) => one === value) ?? strategy)}
        />
      </div>
      <ChangeFacts change={chosen} explore={explore} application={application} />
      <Text size="sm" mt="sm" role="status" className={hasFailed ? classes.failed : undefined}>
        {releaseOutcomeInWords(release, live, application)}
      </Text>
      {isUnderWay ? <Units release={release} /> : null}
      <Lost explore={explore} application={application} />
      {isUnderWay || refusal === null ? null : (
        <Text size="xs" c="dimmed" mt={4}>
          {refusal.message} {refusal.nextStep}
        </Text>
      )}
    </Card>
  );
}

/** How far each unit has got, and since when it goes. */
function Units({ release }: { release: ExploreRelease }) {
  const now = useNow(1000);
  return (
    <>
      {release.stage !== 'replacing' || release.units.length === 0 ? null : (
        <ul className={classes.released} aria-label="How far each unit has got">
          {release.units.map((unit) => (
            <li key={unit.name}>
              <b>{unit.name}</b> {releasedUnitInWords(unit, release.strategy)}
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed" className="number">
        for {formatClock(now - release.sinceMs)}
      </Text>
    </>
  );
}

function Lost({ explore, application }: { explore: ExploreState; application: Application }) {
  if (explore.release === null) return null;
  const lost = releaseLossInWords(explore.release, explore.visitors, application);
  return lost === null ? null : (
    <Text size="sm" className="number">
      {lost}
    </Text>
  );
}
