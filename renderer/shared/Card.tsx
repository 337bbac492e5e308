import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page.module.css';

interface Props {
  title: ReactNode;
  actions?: ReactNode;
  /** Without inner space, for lists and tables that reach the edges. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A titled surface; the title names the region for assistive technology. */
export function Card({ title, actions, flush = false, className, children }: Props) {
  return (
    <section
      className={className === undefined ? classes.card : `${classes.card} ${className}`}
      aria-label={typeof title === 'string' ? title : undefined}
    >
      <div className={classes.cardHead}>
        {typeof title === 'string' ? (
          <Title order={2} size="h3">
            {title}
          </Title>
        ) : (
          title
        )}
        {actions}
      </div>
      <div className={flush ? undefined : classes.cardBody}>{children}</div>
    </section>
  );
}
