import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowBackUp, IconHistory, IconTrash } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { ResultSummary } from '../../engine/model/index.ts';
import { emptyTrash, restoreResult } from '../results/actions.ts';
import { Card } from '../shared/Card.tsx';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { formatWhen, plural } from '../shared/format.ts';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { navigate } from '../shared/router.ts';
import { refresh, useWorld } from '../shared/stores.ts';
import classes from './history.module.css';

/** What was moved to the trash: bring it back, or remove it for good. */
export function TrashPage() {
  const trash = useWorld((world) => world.trash);
  const problem = useWorld((world) => world.problems.trash);
  useEffect(() => void refresh('trash'), []);
  if (trash === null && problem === undefined) return <PageLoading />;
  return (
    <PageFrame
      title="Trash"
      lead="Results that were moved here stay until the trash is emptied."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconHistory size={16} />}
            onClick={() => navigate({ page: 'history' })}
          >
            Back to the history
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={16} />}
            disabled={trash === null || trash.length === 0}
            onClick={() => confirmEmpty(trash?.length ?? 0)}
          >
            Empty trash
          </Button>
        </>
      }
    >
      {problem === undefined ? null : (
        <ProblemNote title="The trash could not be read" problem={problem} onRetry={() => void refresh('trash')} />
      )}
      {trash === null ? null : trash.length === 0 ? (
        <EmptyPage
          order={2}
          height={360}
          icon={<IconTrash size={28} stroke={1.5} />}
          title="The trash is empty"
          text="Results that you move to the trash can be brought back from here."
        />
      ) : (
        <Card title={plural(trash.length, 'result')} flush>
          {trash.map((result) => (
            <Row key={result.id} result={result} />
          ))}
        </Card>
      )}
    </PageFrame>
  );
}

function Row({ result }: { result: ResultSummary }) {
  const { id, title, variants, startedAt } = result;
  return (
    <div className={classes.row} role="group" aria-label={title}>
      <div className={classes.what}>
        <b>{title}</b>
        <small>{[variants.join(' · '), result.headlines[0] ?? ''].filter(Boolean).join(' – ')}</small>
      </div>
      <div className={classes.meta}>
        <span className={classes.when}>
          <time dateTime={startedAt}>{formatWhen(startedAt)}</time>
        </span>
      </div>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconArrowBackUp size={14} />}
        aria-label={`Restore ${title}`}
        onClick={() => void restoreResult(id, title)}
      >
        Restore
      </Button>
    </div>
  );
}

function confirmEmpty(count: number): void {
  modals.openConfirmModal({
    title: 'Empty the trash?',
    children: `${plural(count, 'result')} will be gone for good, with all raw values.`,
    labels: { confirm: 'Remove for good', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    onConfirm: () => void emptyTrash(),
  });
}
