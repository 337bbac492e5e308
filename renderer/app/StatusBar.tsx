import { EngineLine } from '../engine-status/EngineLine.tsx';
import { QuietnessGauge } from '../machine/QuietnessGauge.tsx';
import { RunPill } from '../run/RunPill.tsx';
import classes from './shell.module.css';

/** The bottom line: the engine on the left, the current run on the right. */
export function StatusBar() {
  return (
    <footer className={classes.status}>
      <EngineLine />
      <QuietnessGauge />
      <div className={classes.spring} />
      <RunPill />
    </footer>
  );
}
