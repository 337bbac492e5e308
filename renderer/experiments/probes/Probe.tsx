import { Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from '../experiments.module.css';

interface Props {
  title: string;
  text: string;
  on: boolean;
  onChange: (on: boolean) => void;
  children: ReactNode;
}

/** One kind of measurement: a switch, what it is, its numbers while it is on. */
export function Probe({ title, text, on, onChange, children }: Props) {
  return (
    <div className={classes.probe}>
      <Switch
        label={title}
        description={text}
        checked={on}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {on ? <div className={classes.probeBody}>{children}</div> : null}
    </div>
  );
}
