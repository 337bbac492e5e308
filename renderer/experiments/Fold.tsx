import { IconChevronRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import classes from './experiments.module.css';

interface Props {
  title: string;
  /** What is inside, in short, to read while it is closed. */
  says: string;
  /** Something inside is wrong: it stays open, so that the mistake is seen. */
  wrong: boolean;
  children: ReactNode;
}

/** Settings that few change: closed, they say what they are set to. */
export function Fold({ title, says, wrong, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details className={classes.fold} open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <IconChevronRight size={14} aria-hidden="true" />
        <b>{title}</b>
        <span>{says}</span>
      </summary>
      <div className={classes.foldBody}>{children}</div>
    </details>
  );
}
