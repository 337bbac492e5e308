import { Center, EmptyState } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: string;
  text: string;
  /** What to do about it. */
  children?: ReactNode;
  /** Height it holds. */
  height?: number | string;
}

/** Says why there is nothing here, and what to do. */
export function EmptyPage({ icon, title, text, children, height = '70%' }: Props) {
  return (
    <Center mih={height} p="xl">
      <EmptyState variant="light" icon={icon} title={title} description={text} maw={460}>
        {children === undefined ? null : <EmptyState.Actions>{children}</EmptyState.Actions>}
      </EmptyState>
    </Center>
  );
}
