import type { ReactNode } from 'react';
import classes from './settings.module.css';

/** One setting: its name, what it does, its control. */
export function Setting({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.setting}>
      <div>
        <b>{title}</b>
        <small>{text}</small>
      </div>
      <div>{children}</div>
    </div>
  );
}
