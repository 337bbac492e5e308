import { formatHash } from '../shared/router.ts';
import classes from './home.module.css';

/** What can be looked at without measuring anything. */
export function TryLinks() {
  return (
    <>
      <a className={`${classes.card} ${classes.link}`} href={formatHash({ page: 'sample' })}>
        <span className={classes.eyebrow}>Sample result</span>
        <span className={classes.question}>What does a finished comparison look like?</span>
        <span className={classes.summary}>One that was really measured, to read before anything ran here.</span>
      </a>
      <a className={`${classes.card} ${classes.link}`} href={formatHash({ page: 'explore' })}>
        <span className={classes.eyebrow}>Explore</span>
        <span className={classes.question}>Who suffers when I break one module?</span>
        <span className={classes.summary}>
          Deploys one cut with a few visitors: shop in it, break a module by hand, see who loses requests.
        </span>
      </a>
    </>
  );
}
