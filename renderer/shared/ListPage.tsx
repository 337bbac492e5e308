import { Fragment, type Key, type ReactNode } from 'react';
import { plural } from '../../report/index.ts';
import { Card } from './Card.tsx';
import { EmptyPage } from './EmptyPage.tsx';
import { PageFrame } from './PageFrame.tsx';
import { PageLoading } from './PageLoading.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { refresh, useWorld, type Readable } from './stores.ts';

interface Props<T> {
  title: string;
  lead: string;
  actions: ReactNode;
  /** What is read for it, and read again where that failed. */
  reads: Readable;
  /** One of the items, in a word. */
  noun: string;
  /** What is shown; null until it was first read. */
  items: readonly T[] | null;
  /** How many there are, where not all are shown. */
  count?: number;
  keyOf: (item: T) => Key;
  row: (item: T) => ReactNode;
  /** Says that there is nothing, and what to do. */
  empty: { icon: ReactNode; title: string; text: string; action?: ReactNode };
  /** Over the list, and under it; with one of them nothing in the list is not nothing at all. */
  over?: ReactNode;
  under?: ReactNode;
}

/** A page that is a list: its title and buttons, what could not be read, nothing, or the rows. */
export function ListPage<T>({
  title,
  lead,
  actions,
  reads,
  noun,
  items,
  count,
  keyOf,
  row,
  empty,
  over,
  under,
}: Props<T>) {
  const problem = useWorld((world) => world.problems[reads]);
  if (items === null && problem === undefined) return <PageLoading />;
  const { action, ...nothing } = empty;
  const none = (
    <EmptyPage order={2} height={over === undefined ? 340 : 200} {...nothing}>
      {action}
    </EmptyPage>
  );
  return (
    <PageFrame title={title} lead={lead} actions={actions}>
      {problem === undefined ? null : (
        <ProblemNote title={`The ${reads} could not be read`} problem={problem} onRetry={() => void refresh(reads)} />
      )}
      {over}
      {items === null ? null : items.length === 0 && over === undefined ? (
        none
      ) : (
        <Card title={plural(count ?? items.length, noun)} flush>
          {items.map((item) => (
            <Fragment key={keyOf(item)}>{row(item)}</Fragment>
          ))}
          {items.length === 0 ? none : null}
        </Card>
      )}
      {under}
    </PageFrame>
  );
}
