import { Center, EmptyState } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: string;
  text: string;
  /** Rank of the title as a heading: 1 when it stands for the page, 2 below a page's own. */
  order: 1 | 2;
  /** What to do about it. */
  children?: ReactNode;
  /** Height it holds. */
  height?: number | string;
}

/** Says why there is nothing here, and what to do. */
export function EmptyPage({ icon, title, text, order, children, height = '70%' }: Props) {
  return (
    <Center mih={height} p="xl">
      <EmptyState variant="light" maw={460}>
        <EmptyState.Indicator>{icon}</EmptyState.Indicator>
        <EmptyState.Title order={order}>{title}</EmptyState.Title>
        <EmptyState.Description>{text}</EmptyState.Description>
        {children === undefined ? null : <EmptyState.Actions>{children}</EmptyState.Actions>}
      </EmptyState>
    </Center>
  );
}
