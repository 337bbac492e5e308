import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '../experiments.module.css';

interface Props {
  title: string;
  text: string;
  /** Of which variant, for assistive technology. */
  of: string;
  on: boolean;
  onChange: (on: boolean) => void;
  /** Its numbers, asked for while it is on. */
  children?: ReactNode;
}

/** One policy around calls: a switch, what it does, its numbers. */
export function Policy({ title, text, of, on, onChange, children }: Props) {
  return (
    <div className={classes.policy}>
      <Switch
        size="sm"
        label={title}
        description={text}
        aria-label={`${title} ${of}`}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {on && children !== undefined ? <div className={classes.fields}>{children}</div> : null}
    </div>
  );
}
