import { Group, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface Props {
  title: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Takes the whole height, for pages that scroll inside. */
  full?: boolean;
  /** Keeps title and actions in view while the content scrolls. */
  sticky?: boolean;
  children: ReactNode;
}

/** The frame of every page: title, a sentence, actions, content. */
export function PageFrame({ title, lead, actions, full = false, sticky = false, children }: Props) {
  return (
    <div className={full ? `${classes.page} ${classes.full}` : classes.page}>
      <header className={sticky ? `${classes.header} ${classes.sticky}` : classes.header}>
        <div className={classes.words}>
          {typeof title === 'string' ? <Title order={1}>{title}</Title> : title}
          {lead === undefined ? null : <div className={classes.lead}>{lead}</div>}
        </div>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  );
}
