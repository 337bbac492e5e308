import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { callsInCut, own, type ApiModule, type Application, type Topology } from '../../engine/model/index.ts';
import { Card } from '../shared/Card.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { readApis, useApis } from './apis-store.ts';
import { DocumentPanel } from './DocumentPanel.tsx';
import { OperationDetail } from './OperationDetail.tsx';
import { callersInWords, titleOf } from './words.ts';
import classes from './apis.module.css';

interface Props {
  application: Application;
  cut: Topology;
  module: string;
  onModule: (module: string) => void;
}

/** The API of one module: its operations, and one of them in full. */
export function ModuleCard({ application, cut, module, onModule }: Props) {
  const modules = useApis((state) => state.read[application.name]);
  const problem = useApis((state) => state.problem);
  const api = modules?.find((one) => one.module === module);
  const summary = own(application.modules, module)?.summary ?? '';
  return (
    <Card
      title={`API of ${titleOf(application, module)}`}
      actions={
        <NativeSelect
          size="xs"
          aria-label="Module"
          data={Object.entries(application.modules).map(([value, { title }]) => ({ value, label: title }))}
          value={module}
          onChange={(event) => onModule(event.currentTarget.value)}
        />
      }
    >
      <Text size="sm" mb="sm">
        {summary} {callersInWords(module, callsInCut(application, cut), application)}
      </Text>
      {api !== undefined ? (
        <Operations key={module} application={application} api={api} />
      ) : problem !== null ? (
        <ProblemNote
          title="The contracts could not be read"
          problem={problem}
          onRetry={() => void readApis(application.name)}
        />
      ) : (
        <Text size="sm" c="dimmed" role="status" aria-busy={modules === undefined}>
          {modules === undefined ? 'Reading the contracts from the sources' : 'Its sources say nothing of it.'}
        </Text>
      )}
      <DocumentPanel module={module} />
    </Card>
  );
}

function Operations({ application, api }: { application: Application; api: ApiModule }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const operation = api.operations.find(({ name }) => name === chosen) ?? api.operations[0];
  if (operation === undefined) return <RoutesOnly application={application} module={api.module} />;
  return (
    <div className={classes.operations}>
      <ul className={classes.names} aria-label="Operations">
        {api.operations.map(({ name, summary }) => (
          <li key={name}>
            <button
              type="button"
              className={classes.choose}
              aria-pressed={name === operation.name}
              title={summary}
              onClick={() => setChosen(name)}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
      <OperationDetail key={operation.name} application={application} api={api} operation={operation} />
    </div>
  );
}

/** What the entry offers to people and journeys; to modules it offers nothing. */
function RoutesOnly({ application, module }: { application: Application; module: string }) {
  const title = titleOf(application, module);
  if (module !== application.entry) return <Text size="sm">{title} offers no operations to other modules.</Text>;
  return (
    <>
      <Text size="sm" mb="xs">
        {title} offers no operations to other modules. It is the entry: the API that the world sees, the same in every
        cut.
      </Text>
      <ul className={classes.routes} aria-label="Routes of the entry">
        {Object.entries(application.endpoints).map(([name, { method, route, title: told }]) => (
          <li key={name}>
            <code>
              {method} {route}
            </code>{' '}
            {told}
          </li>
        ))}
      </ul>
    </>
  );
}
