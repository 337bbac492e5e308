import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconArrowBackUp, IconHistory, IconTrash } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Trashed } from '../../engine/model/index.ts';
import { formatWhen, plural } from '../../report/index.ts';
import { ListPage } from '../shared/ListPage.tsx';
import { ListRow, RowTime } from '../shared/ListRow.tsx';
import { navigate } from '../shared/router.ts';
import { refresh, useWorld } from '../shared/stores.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';
import { emptyTrash, restoreTrashed } from '../shared/trash.ts';

/** What was deleted: bring it back, or remove it for good. */
export function TrashPage() {
  const trash = useWorld((world) => world.trash);
  useEffect(() => void refresh('trash'), []);
  const count = trash?.length ?? 0;
  return (
    <ListPage
      title="Trash"
      lead="Results, experiments and cuts that were deleted stay here until the trash is emptied."
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
            disabled={count === 0}
            onClick={() => confirmEmpty(count)}
          >
            Empty trash
          </Button>
        </>
      }
      reads="trash"
      noun="thing"
      items={trash}
      keyOf={({ kind, id }) => `${kind} ${id}`}
      row={(thing) => <Row thing={thing} />}
      empty={{
        icon: <IconTrash size={28} stroke={1.5} />,
        title: 'The trash is empty',
        text: 'Results, experiments and cuts that you delete can be brought back from here.',
      }}
    />
  );
}

function Row({ thing: { kind, id, title, about, atMs } }: { thing: Trashed }) {
  const iso = new Date(atMs).toISOString();
  return (
    <ListRow
      title={title}
      badges={<ToneBadge tone="plain">{kind}</ToneBadge>}
      text={about}
      meta={<RowTime iso={iso} text={formatWhen(iso)} />}
      actions={
        <Button
          size="xs"
          variant="light"
          leftSection={<IconArrowBackUp size={14} />}
          aria-label={`Restore ${title}`}
          onClick={() => void restoreTrashed(kind, id, title)}
        >
          Restore
        </Button>
      }
    />
  );
}

function confirmEmpty(count: number): void {
  modals.openConfirmModal({
    title: 'Empty the trash?',
    children: `${plural(count, 'thing')} will be gone for good, results with all raw values.`,
    labels: { confirm: 'Remove for good', cancel: 'Keep' },
    confirmProps: { color: 'red' },
    onConfirm: () => void emptyTrash(),
  });
}
