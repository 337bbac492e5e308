import type { ReactNode } from 'react';
import classes from './list.module.css';

interface Props {
  title: string;
  /** Beside the title. */
  badges?: ReactNode;
  /** Below it. */
  text: ReactNode;
  /** Where it leads, and what going there is called. */
  to?: { href: string; label: string };
  /** Before everything, to pick it. */
  pick?: ReactNode;
  /** On the right: tags, times. */
  meta?: ReactNode;
  /** What can be done with it. */
  actions: ReactNode;
}

/** One row of a list: what it is, what is known of it, what can be done with it. */
export function ListRow({ title, badges, text, to, pick, meta, actions }: Props) {
  const words = (
    <>
      <b>{title}</b> {badges}
      <small>{text}</small>
    </>
  );
  return (
    <div className={classes.row} role="group" aria-label={title}>
      {pick}
      {to === undefined ? (
        <div className={classes.what}>{words}</div>
      ) : (
        <a className={classes.what} href={to.href} aria-label={to.label}>
          {words}
        </a>
      )}
      {meta === undefined ? null : <div className={classes.meta}>{meta}</div>}
      <div className={classes.actions}>{actions}</div>
    </div>
  );
}

/** When, and something smaller below it. */
export function RowTime({ iso, text, below }: { iso: string; text: string; below?: string }) {
  return (
    <span className={classes.when}>
      <time dateTime={iso}>{text}</time>
      {below === undefined ? null : <small>{below}</small>}
    </span>
  );
}
