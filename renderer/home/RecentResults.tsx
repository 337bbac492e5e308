import { withFaultsInWords, type ResultSummary } from '../../engine/model/index.ts';
import { formatWhen } from '../../report/index.ts';
import { formatHash } from '../shared/router.ts';
import classes from './home.module.css';

/** The last few results with the first thing each found. */
export function RecentResults({ results }: { results: readonly ResultSummary[] }) {
  const latest = results.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)).slice(0, 4);
  return (
    <div className={classes.recent}>
      {latest.map((result) => (
        <a key={result.id} className={classes.row} href={formatHash({ page: 'result', id: result.id })}>
          <b>{result.title}</b>
          <time dateTime={result.startedAt}>{formatWhen(result.startedAt)}</time>
          <small>
            {withFaultsInWords(result.headlines[0] ?? '') ||
              (result.status === 'completed' ? 'No headline difference was decided.' : `The run was ${result.status}.`)}
          </small>
        </a>
      ))}
    </div>
  );
}
