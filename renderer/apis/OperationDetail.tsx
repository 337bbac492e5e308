import { Text, Title } from '@mantine/core';
import type { ApiField, ApiModule, ApiOperation, Application } from '../../engine/model/index.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';
import { AskPanel } from './AskPanel.tsx';
import { repeatWords } from './words.ts';
import classes from './apis.module.css';

interface Props {
  application: Application;
  api: ApiModule;
  operation: ApiOperation;
}

const tones = { safe: 'good', 'with-key': 'warn', never: 'bad' } as const;

/** One operation: what it takes, what it gives, whether it may be repeated, and what a running cut answers. */
export function OperationDetail({ application, api, operation }: Props) {
  const { name, summary, repeat, input, output } = operation;
  const { text, meaning } = repeatWords[repeat];
  return (
    <div className={classes.detail}>
      <div className={classes.head}>
        <Title order={3} size="h4">
          {name}
        </Title>
        <code>
          POST /{api.module}/{name}
        </code>
        <ToneBadge tone={tones[repeat]}>{text}</ToneBadge>
      </div>
      <Text size="sm">{summary}.</Text>
      <Text size="xs" c="dimmed">
        {meaning}
      </Text>
      <div className={classes.fields}>
        <Fields title="Takes" fields={input} nothing="Nothing." />
        <Fields title="Gives back" fields={output} nothing="An empty object." />
      </div>
      <AskPanel application={application} api={api} operation={operation} />
    </div>
  );
}

function Fields({ title, fields, nothing }: { title: string; fields: readonly ApiField[]; nothing: string }) {
  return (
    <section aria-label={title}>
      <Title order={4} fz="sm">
        {title}
      </Title>
      {fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      ) : (
        <dl>
          {fields.map(({ path, type, required }, index) => (
            <div key={`${index} ${path}`}>
              <dt>
                {path === '' ? 'the whole body' : path}
                {required ? '' : <small> may be left out</small>}
              </dt>
              <dd>{type}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
