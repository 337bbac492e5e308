import { Text } from '@mantine/core';
import type { Application } from '../../engine/model/index.ts';
import { formatMs } from '../../report/index.ts';
import { useApis } from './apis-store.ts';
import { comparedInWords } from './words.ts';
import classes from './apis.module.css';

/** The last median of each cut that was asked in this session, side by side, and what they can differ by. */
export function Medians({
  application,
  module,
  medianKey,
}: {
  application: Application;
  module: string;
  medianKey: string;
}) {
  const medians = useApis((state) => state.medians[medianKey]);
  if (medians === undefined || medians.length === 0) return null;
  return (
    <div role="group" aria-label="Times by cut">
      <div className={classes.label} aria-hidden="true">
        Times by cut
      </div>
      <ul className={classes.medians}>
        {medians.map(({ cut, name, runtime, medianMs, times }) => (
          <li key={cut}>
            <span>
              {name}
              <small>{runtime === 'process' ? ' as processes' : ' in containers'}</small>
            </span>
            <b className="number">{formatMs(medianMs)}</b>
            <small>median of {times}</small>
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed">
        {comparedInWords(module, application)} Visitors of Explore go on meanwhile, so this is to look at and no
        measurement: for one, launch a scenario.
        {medians.length === 1 ? ' Start another cut in Explore and ask there too to compare.' : ''}
      </Text>
    </div>
  );
}
