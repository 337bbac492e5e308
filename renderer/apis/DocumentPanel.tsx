import { Button, Group, Text, Title } from '@mantine/core';
import { IconFileCode } from '@tabler/icons-react';
import { useState } from 'react';
import { askRefusal, type UnitDocument } from '../../engine/model/index.ts';
import { useExplore } from '../explore/explore-store.ts';
import { ask } from '../shared/bridge.ts';
import { problemOf, type Problem } from '../shared/problem.ts';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { documentInWords } from './words.ts';
import classes from './apis.module.css';

/** What the running unit that has a module says of its API itself: its OpenAPI document, to be read. */
export function DocumentPanel({ module }: { module: string }) {
  const topology = useExplore(({ explore }) => explore.topology);
  const unit = topology?.units.find(({ modules }) => modules.includes(module))?.name ?? null;
  return (
    <section aria-label="OpenAPI document" className={classes.ask}>
      <Title order={3} fz="sm">
        {unit === null ? 'The document of its unit' : `The document of unit ${unit}`}
      </Title>
      <Reading key={`${topology?.name} ${unit}`} unit={unit} />
    </section>
  );
}

function Reading({ unit }: { unit: string | null }) {
  const explore = useExplore((state) => state.explore);
  const refusal = askRefusal(explore, 1);
  const nobody = unit === null ? 'The cut that runs has no such module.' : '';
  const whyNot = refusal === null ? nobody : `${refusal.message} ${refusal.nextStep}`;
  const [isReading, setReading] = useState(false);
  const [came, setCame] = useState<{ document: UnitDocument } | { problem: Problem } | null>(null);
  const read = async (asked: string): Promise<void> => {
    setReading(true);
    try {
      setCame({ document: await ask('explore:document', asked) });
    } catch (error) {
      setCame({ problem: problemOf(error) });
    }
    setReading(false);
  };
  return (
    <>
      <Text size="xs" c="dimmed">
        A unit publishes its whole API as one OpenAPI 3.1 document: all of its modules together, so what is in it is
        what the cut puts into one unit. {whyNot}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileCode size={14} />}
          disabled={refusal !== null || unit === null || isReading}
          loading={isReading}
          onClick={() => void (unit === null ? undefined : read(unit))}
        >
          {came === null ? 'Read the document' : 'Read it again'}
        </Button>
      </Group>
      {came === null ? null : 'problem' in came ? (
        <ProblemNote title="No document came" problem={came.problem} />
      ) : (
        <Parts document={came.document} />
      )}
    </>
  );
}

function Parts({ document }: { document: UnitDocument }) {
  const { parts, left } = document;
  return (
    <>
      <Text size="sm" role="status">
        {documentInWords(document)}
      </Text>
      <div role="group" aria-label="Parts of the document">
        {parts.map(({ title, text, isCut }) => (
          <details key={title} className={classes.part}>
            <summary>
              <code>{title}</code>
            </summary>
            <pre className={classes.json} role="group" aria-label={title} tabIndex={0}>
              {isCut ? `${text}…` : text}
            </pre>
          </details>
        ))}
      </div>
      {left === 0 ? null : (
        <Text size="xs" c="dimmed">
          {left} more are left out.
        </Text>
      )}
    </>
  );
}
