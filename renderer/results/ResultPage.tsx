import { ActionIcon, Button, Group, Menu, Text, Title, Tooltip, useComputedColorScheme } from '@mantine/core';
import {
  IconAdjustments,
  IconDots,
  IconNotes,
  IconPencil,
  IconPlayerPlay,
  IconScale,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useCallback, useRef } from 'react';
import { whyNotContinued, type Result } from '../../engine/model/index.ts';
import { ReportDocument, formatWhen } from '../../report/index.ts';
import { openDraft } from '../experiments/draft-store.ts';
import { useRun } from '../run/run-store.ts';
import { ask } from '../shared/bridge.ts';
import { launch, measureMore } from '../shared/launch.ts';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';
import { ToneBadge } from '../shared/ToneBadge.tsx';
import { useAsk } from '../shared/use-ask.ts';
import { trashResult } from './actions.ts';
import { askForNotes, askForTags, askForTitle } from './ask.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { Paper } from './Paper.tsx';

/** One result: the report, live, with everything that can be done with it. */
export function ResultPage({ id }: { id: string }) {
  const asked = useAsk(useCallback(() => ask('results:get', id), [id]));
  if (asked.state === 'loading') return <PageLoading />;
  if (asked.state === 'failed') {
    return (
      <PageFrame title="Result">
        <ProblemNote title="This result could not be opened" problem={asked.problem} onRetry={asked.reload} />
        <Button mt="md" variant="default" onClick={() => navigate({ page: 'history' })}>
          Back to the history
        </Button>
      </PageFrame>
    );
  }
  return <ResultView result={asked.value} />;
}

function ResultView({ result }: { result: Result }) {
  const summary = useWorld((world) => world.results?.find((one) => one.id === result.id));
  const busy = useRun((state) => state.active);
  const scheme = useComputedColorScheme('light');
  const paper = useRef<HTMLDivElement>(null);
  const { id } = result;
  const title = summary?.title ?? result.title;
  const tags = summary?.tags ?? result.tags;
  const notes = summary?.notes ?? result.notes ?? '';
  const named = { id, title, tags, notes };
  return (
    <PageFrame
      title={
        <Group gap={8} wrap="nowrap">
          <Title order={1}>{title}</Title>
          <Tooltip label="Rename">
            <ActionIcon aria-label="Rename this result" onClick={() => askForTitle(named)}>
              <IconPencil size={17} />
            </ActionIcon>
          </Tooltip>
        </Group>
      }
      lead={
        <Group gap={6}>
          <span>{formatWhen(result.startedAt)}</span>
          {result.status === 'completed' ? null : <ToneBadge tone="warn">{result.status}</ToneBadge>}
          {tags.map((tag) => (
            <ToneBadge key={tag} tone="plain">
              {tag}
            </ToneBadge>
          ))}
        </Group>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={16} />}
            disabled={busy}
            onClick={() => void launch(result.experiment)}
          >
            Run again
          </Button>
          {whyNotContinued(result) === null ? (
            <Tooltip label="Keeps these blocks and measures the next ones of the same plan">
              <Button variant="default" disabled={busy} onClick={() => void measureMore(id)}>
                Measure more
              </Button>
            </Tooltip>
          ) : null}
          <ExportMenu id={id} paper={paper} />
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label="More for this result">
                <IconDots size={17} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconScale size={15} />}
                onClick={() => navigate({ page: 'compare', first: id, second: null })}
              >
                Compare with another
              </Menu.Item>
              <Menu.Item leftSection={<IconAdjustments size={15} />} onClick={() => openDraft(result.experiment)}>
                Edit its experiment
              </Menu.Item>
              <Menu.Item leftSection={<IconTag size={15} />} onClick={() => askForTags(named)}>
                Tags
              </Menu.Item>
              <Menu.Item leftSection={<IconNotes size={15} />} onClick={() => askForNotes(named)}>
                Notes
              </Menu.Item>
              <Menu.Item
                c="var(--bad)"
                leftSection={<IconTrash size={15} />}
                onClick={() => void trashResult(id, title).then((done) => done && navigate({ page: 'history' }))}
              >
                Move to trash
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      {notes === '' ? null : (
        <Text size="sm" mb="md" role="note" aria-label="Notes" style={{ whiteSpace: 'pre-wrap' }}>
          {notes}
        </Text>
      )}
      <Paper ref={paper}>
        <ReportDocument result={result} theme={scheme} />
      </Paper>
    </PageFrame>
  );
}
