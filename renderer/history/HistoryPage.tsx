import { Button, MultiSelect, Pagination, TextInput } from '@mantine/core';
import { IconFileImport, IconHistory, IconSearch, IconTrash } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { importResult } from '../results/actions.ts';
import { useHotkeys } from '../shared/hotkeys.ts';
import { ListPage } from '../shared/ListPage.tsx';
import { navigate } from '../shared/router.ts';
import { useWorld } from '../shared/stores.ts';
import { findResults, pageOf, tagsOf } from './find.ts';
import { ResultRow } from './ResultRow.tsx';
import classes from './history.module.css';

const pageSize = 25;

/** Every result: find, open, pick two to compare. */
export function HistoryPage() {
  const results = useWorld((world) => world.results);
  const [search, setSearch] = useState('');
  const [tags, setTags] = useState<string[]>([]);
  const [page, setPage] = useState(1);
  const [picked, setPicked] = useState<readonly string[]>([]);
  const box = useRef<HTMLInputElement>(null);
  const wanted = useDeferredValue(search);
  const found = useMemo(() => findResults(results ?? [], { search: wanted, tags }), [results, wanted, tags]);
  const known = useMemo(() => tagsOf(results ?? []), [results]);
  const shown = pageOf(found, page, pageSize);
  useHotkeys([['/', () => box.current?.focus()]]);
  const pick = (id: string, on: boolean): void =>
    setPicked((before) => (on ? [...before, id].slice(-2) : before.filter((one) => one !== id)));
  const actions = (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => navigate({ page: 'trash' })}>
        Trash
      </Button>
      <Button variant="default" leftSection={<IconFileImport size={16} />} onClick={() => void importResult()}>
        Import result
      </Button>
    </>
  );
  const isEmpty = results?.length === 0;
  const bar = (
    <div className={classes.bar} role="search">
      <TextInput
        ref={box}
        flex="1 1 260px"
        aria-label="Search results"
        placeholder="Search titles, variants, tags, findings, notes"
        leftSection={<IconSearch size={15} />}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setPage(1);
        }}
      />
      <MultiSelect
        flex="0 1 260px"
        size="sm"
        aria-label="Filter by tags"
        placeholder={tags.length === 0 ? 'Any tag' : undefined}
        data={known.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }))}
        value={tags}
        onChange={(value) => {
          setTags(value);
          setPage(1);
        }}
        clearable
        clearButtonProps={{ 'aria-label': 'Any tag' }}
      />
    </div>
  );
  return (
    <ListPage
      title="History"
      lead="Every result, newest first. Pick two to see what changed between them."
      actions={actions}
      reads="results"
      noun="result"
      items={results === null ? null : shown.items}
      count={found.length}
      keyOf={({ id }) => id}
      row={(result) => <ResultRow result={result} picked={picked.includes(result.id)} onPick={pick} />}
      empty={
        isEmpty
          ? {
              icon: <IconHistory size={28} stroke={1.5} />,
              title: 'No results yet',
              text: 'What you launch is kept here with all its raw values. Results made elsewhere can be imported.',
              action: <Button onClick={() => navigate({ page: 'home' })}>Choose a scenario</Button>,
            }
          : { icon: <IconSearch size={24} />, title: 'Nothing matches', text: 'Try fewer words or another tag.' }
      }
      over={results === null || isEmpty ? undefined : bar}
      under={
        <>
          {shown.pages > 1 ? (
            <Pagination
              mt="md"
              size="sm"
              total={shown.pages}
              value={shown.page}
              onChange={setPage}
              getItemProps={(number) => ({ 'aria-label': `Page ${number}` })}
              getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            />
          ) : null}
          {picked.length === 0 ? null : (
            <div className={classes.picked} role="group" aria-label="Picked results">
              <span>{picked.length === 1 ? 'One picked; pick another to compare' : 'Two picked'}</span>
              <Button
                size="xs"
                radius="xl"
                disabled={picked.length < 2}
                onClick={() => navigate({ page: 'compare', first: picked[0] ?? null, second: picked[1] ?? null })}
              >
                Compare picked
              </Button>
              <Button size="xs" radius="xl" variant="subtle" color="gray" onClick={() => setPicked([])}>
                Clear
              </Button>
            </div>
          )}
        </>
      }
    />
  );
}
