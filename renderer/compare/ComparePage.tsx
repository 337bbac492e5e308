import { ActionIcon, Select, Tooltip, useComputedColorScheme } from '@mantine/core';
import { IconArrowsExchange, IconScale } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { ComparisonDocument, formatWhen } from '../../report/index.ts';
import { Paper } from '../results/Paper.tsx';
import { ask } from '../shared/bridge.ts';
import { EmptyPage } from '../shared/EmptyPage.tsx';
import { PageFrame } from '../shared/PageFrame.tsx';
import { PageLoading } from '../shared/PageLoading.tsx';
import { ProblemNote } from '../shared/ProblemNote.tsx';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';
import { useAsk } from '../shared/use-ask.ts';

/** Two results side by side: the earlier one is the baseline. */
export function ComparePage({ first, second }: { first: string | null; second: string | null }) {
  const results = useWorld((world) => world.results);
  const choices = useMemo(
    () =>
      (results ?? [])
        .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
        .map((one) => ({ value: one.id, label: `${one.title} · ${formatWhen(one.startedAt)}` })),
    [results],
  );
  const choose = (a: string | null, b: string | null): void => navigate({ page: 'compare', first: a, second: b });
  return (
    <PageFrame
      title="Compare"
      lead="What changed between two results: in the settings, and in the numbers, with a verdict for each."
    >
      <div style={{ display: 'flex', gap: 10, alignItems: 'end', flexWrap: 'wrap', marginBottom: 18 }}>
        <Select
          flex="1 1 260px"
          label="Baseline"
          placeholder="Choose a result"
          searchable
          limit={60}
          data={choices}
          value={first}
          onChange={(value) => choose(value, second)}
          nothingFoundMessage="Nothing matches"
        />
        <Tooltip label="Swap">
          <ActionIcon
            size={36}
            variant="default"
            aria-label="Swap the two results"
            disabled={first === null && second === null}
            onClick={() => choose(second, first)}
          >
            <IconArrowsExchange size={17} />
          </ActionIcon>
        </Tooltip>
        <Select
          flex="1 1 260px"
          label="Compared with it"
          placeholder="Choose a result"
          searchable
          limit={60}
          data={choices}
          value={second}
          onChange={(value) => choose(first, value)}
          nothingFoundMessage="Nothing matches"
        />
      </div>
      {first !== null && second !== null ? (
        <Comparison key={`${first}/${second}`} first={first} second={second} />
      ) : (
        <EmptyPage
          order={2}
          height={320}
          icon={<IconScale size={28} stroke={1.5} />}
          title={choices.length < 2 ? 'Two results are needed' : 'Choose two results'}
          text={
            choices.length < 2
              ? 'Launch a scenario twice, or import a result somebody else made.'
              : 'For example the same experiment before and after a change, or on two machines.'
          }
        />
      )}
    </PageFrame>
  );
}

function Comparison({ first, second }: { first: string; second: string }) {
  const scheme = useComputedColorScheme('light');
  const asked = useAsk(
    useCallback(() => Promise.all([ask('results:get', first), ask('results:get', second)]), [first, second]),
  );
  if (asked.state === 'loading') return <PageLoading />;
  if (asked.state === 'failed')
    return <ProblemNote title="The results could not be compared" problem={asked.problem} onRetry={asked.reload} />;
  const [a, b] = asked.value;
  return (
    <Paper>
      <ComparisonDocument a={a} b={b} theme={scheme} />
    </Paper>
  );
}
