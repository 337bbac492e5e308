import { Button, Group, NativeSelect, Text, Title } from '@mantine/core';
import { IconSend, IconStopwatch } from '@tabler/icons-react';
import { useState } from 'react';
import {
  askRefusal,
  type ApiAnswer,
  type ApiExample,
  type ApiModule,
  type ApiOperation,
  type Application,
} from '../../engine/model/index.ts';
import { useExplore } from '../explore/explore-store.ts';
import { ask } from '../shared/bridge.ts';
import { problemOf, type Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { formatHash } from '../shared/router.ts';
import { questionKey, useApis } from './apis-store.ts';
import { withMedian } from './medians.ts';
import { Medians } from './Medians.tsx';
import { answerInWords, readable } from './words.ts';
import classes from './apis.module.css';

/** Enough that a median says something, and over in a moment. */
const manyTimes = 20;

interface Props {
  application: Application;
  api: ApiModule;
  operation: ApiOperation;
}

/** Asks the running cut one of the operation's examples. */
export function AskPanel({ application, api, operation }: Props) {
  const [chosen, setChosen] = useState<number | null>(null);
  const example = operation.examples.find(({ index }) => index === chosen) ?? operation.examples[0];
  return (
    <section aria-label="Try it" className={classes.ask}>
      <Title order={4} fz="sm">
        Try it
      </Title>
      {example === undefined ? (
        <Text size="sm" c="dimmed">
          {api.problem === null
            ? 'This operation has no example to ask; examples are named in the application’s manifest.'
            : `Its examples cannot be read: ${api.problem}`}
        </Text>
      ) : (
        <>
          <NativeSelect
            label="Example"
            size="xs"
            data={operation.examples.map(({ index, title }) => ({ value: String(index), label: title }))}
            value={String(example.index)}
            onChange={(event) => setChosen(Number(event.currentTarget.value))}
          />
          <Asking
            key={example.index}
            application={application}
            module={api.module}
            operation={operation.name}
            example={example}
          />
        </>
      )}
    </section>
  );
}

interface AskingProps {
  application: Application;
  module: string;
  operation: string;
  example: ApiExample;
}

function Asking({ application, module, operation, example }: AskingProps) {
  const explore = useExplore((state) => state.explore);
  const [asking, setAsking] = useState<number | null>(null);
  const [came, setCame] = useState<{ answer: ApiAnswer } | { problem: Problem } | null>(null);
  const key = questionKey(application.name, module, example.index);
  const once = askRefusal(explore, 1);
  const many = askRefusal(explore, manyTimes);
  const put = async (times: number): Promise<void> => {
    setAsking(times);
    try {
      const answer = await ask('explore:ask', module, operation, example.index, times);
      setCame({ answer });
      useApis.setState(({ medians }) => ({
        medians: { ...medians, [key]: withMedian(medians[key] ?? [], answer, { times, status: example.status }) },
      }));
    } catch (error) {
      setCame({ problem: problemOf(error) });
    }
    setAsking(null);
  };
  return (
    <>
      <Json label="What is asked" text={JSON.stringify(example.input, null, 2)} />
      <Text size="xs" c="dimmed">
        {beforeInWords(example)}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          leftSection={<IconSend size={14} />}
          disabled={once !== null || asking !== null}
          loading={asking === 1}
          onClick={() => void put(1)}
        >
          Ask
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconStopwatch size={14} />}
          disabled={many !== null || asking !== null}
          loading={asking === manyTimes}
          onClick={() => void put(manyTimes)}
        >
          Ask {manyTimes} times
        </Button>
      </Group>
      {many === null ? (
        <Text size="xs" c="dimmed">
          The cut {explore.topology?.name}, which runs in Explore, answers.
        </Text>
      ) : (
        <Text size="xs" c="dimmed" role="note">
          {many.message} {many.nextStep}{' '}
          <a className={classes.link} href={formatHash({ page: 'explore' })}>
            Open Explore
          </a>
        </Text>
      )}
      {came === null ? null : 'problem' in came ? (
        <ProblemNote title="No answer came" problem={came.problem} />
      ) : (
        <Came answer={came.answer} expected={example.status} />
      )}
      <Medians application={application} module={module} medianKey={key} />
    </>
  );
}

function beforeInWords({ before, hasKey, input, isDrawn }: ApiExample): string {
  const filled = isDrawn
    ? 'What is drawn for ${…} is the same each time here.'
    : 'Names in ${…} are new ones each time.';
  const fresh = JSON.stringify(input).includes('${') ? filled : '';
  const first = before.length === 0 ? '' : `Asked before it, so that it is there: ${before.join(', ')}.`;
  return [fresh, hasKey ? 'An idempotency key goes with it.' : '', first].filter((one) => one !== '').join(' ');
}

function Came({ answer, expected }: { answer: ApiAnswer; expected: number }) {
  return (
    <>
      <Text size="sm" role="status" className={answer.status === expected ? classes.good : classes.bad}>
        {answerInWords(answer, expected)}
      </Text>
      <Json label="What was answered" text={readable(answer.body)} />
      {answer.isCut ? (
        <Text size="xs" c="dimmed">
          The rest of a long answer is left out.
        </Text>
      ) : null}
    </>
  );
}

function Json({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <div className={classes.label} aria-hidden="true">
        {label}
      </div>
      <pre className={classes.json} role="group" aria-label={label} tabIndex={0}>
        {text}
      </pre>
    </div>
  );
}
