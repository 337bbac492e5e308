import { EngineLine } from '../engine-status/EngineLine.tsx';
import { RunPill } from '../run/RunPill.tsx';
import classes from './shell.module.css';

/** The bottom line: the engine on the left, the current run on the right. */
export function StatusBar() {
  return (
    <footer className={classes.status}>
      <EngineLine />
      <div className={classes.spring} />
      <RunPill />
    </footer>
  );
}
