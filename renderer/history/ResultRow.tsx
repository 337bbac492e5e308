import { ActionIcon, Checkbox, Menu } from '@mantine/core';
import { IconDots, IconNotes, IconPencil, IconTag, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { withFaultsInWords, type ResultSummary } from '../../engine/model/index.ts';
import { formatSpan, formatWhen } from '../../report/index.ts';
import { trashResult } from '../results/actions.ts';
import { askForNotes, askForTags, askForTitle } from '../results/ask.tsx';
import { ListRow, RowTime } from '../shared/ListRow.tsx';
import { formatHash } from '../shared/router.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';

const statusTone = { completed: 'good', cancelled: 'plain', failed: 'bad', interrupted: 'warn' } as const;

interface Props {
  result: ResultSummary;
  picked: boolean;
  onPick: (id: string, picked: boolean) => void;
}

/** One result of the history. */
export const ResultRow = memo(function ResultRow({ result, picked, onPick }: Props) {
  const { id, title, status } = result;
  const { tookMs = Date.parse(result.endedAt) - Date.parse(result.startedAt) } = result;
  const text =
    withFaultsInWords(result.headlines[0] ?? '') ||
    (status === 'completed' ? 'No headline difference was decided.' : '');
  return (
    <ListRow
      title={title}
      text={[result.variants.join(' · '), text].filter(Boolean).join(' – ')}
      to={{ href: formatHash({ page: 'result', id }), label: `Open ${title}` }}
      pick={
        <Checkbox
          size="xs"
          aria-label={`Pick ${title}`}
          checked={picked}
          onChange={(event) => onPick(id, event.currentTarget.checked)}
        />
      }
      meta={
        <>
          {result.tags.map((tag) => (
            <ToneBadge key={tag} tone="plain">
              {tag}
            </ToneBadge>
          ))}
          {status === 'completed' ? null : <ToneBadge tone={statusTone[status]}>{status}</ToneBadge>}
          <RowTime
            iso={result.startedAt}
            text={formatWhen(result.startedAt)}
            below={`${result.runtime === 'docker' ? 'containers' : 'processes'}, ${formatSpan(tookMs)}`}
          />
        </>
      }
      actions={
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`More for ${title}`}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => askForTitle(result)}>
              Rename
            </Menu.Item>
            <Menu.Item leftSection={<IconTag size={15} />} onClick={() => askForTags(result)}>
              Tags
            </Menu.Item>
            <Menu.Item leftSection={<IconNotes size={15} />} onClick={() => askForNotes(result)}>
              Notes
            </Menu.Item>
            <Menu.Item c="var(--bad)" leftSection={<IconTrash size={15} />} onClick={() => void trashResult(id, title)}>
              Move to trash
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    />
  );
});
