import { SegmentedControl } from '@mantine/core';
import { useThrottledValue } from '@mantine/hooks';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { formatMs, formatRate } from '../../report/index.ts';
import { Card } from '../shared/Card.tsx';
import { LiveChart } from './LiveChart.tsx';
import { useRun } from './run-store.ts';
import { latestSeries } from './view/chart-data.ts';
import { bandsOf, marksOf } from './view/chart-story.ts';
import classes from './run.module.css';

type Percentile = 'p50Ms' | 'p95Ms' | 'p99Ms';

/** As finely as a chart tells times apart, ms. */
const drawChartsEveryMs = 1000;

/** The latest round of every variant over the time since its load began: arrivals, response time, errors. */
export const LiveCharts = memo(function LiveCharts() {
  // Drawing lines is the dearest part of the page: what a person does comes first, and so does what is measured beside it.
  const series = useDeferredValue(
    useThrottledValue(
      useRun((state) => state.view.series),
      drawChartsEveryMs,
    ),
  );
  const experiment = useRun((state) => state.view.head.experiment);
  const [percentile, setPercentile] = useState<Percentile>('p95Ms');
  const names = useMemo(() => experiment?.variants.map((variant) => variant.name) ?? [], [experiment]);
  const marks = useDeferredValue(
    useThrottledValue(
      useRun((state) => state.view.marks),
      drawChartsEveryMs,
    ),
  );
  const latest = useMemo(() => latestSeries(series, names), [series, names]);
  const bands = useMemo(() => bandsOf(latest), [latest]);
  const faults = useMemo(() => marksOf(marks, latest, names), [marks, latest, names]);
  const shared = { latest, names, bands, marks: faults };
  return (
    <Card
      title="Load"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="Percentile of the response time"
          value={percentile}
          onChange={(value) => setPercentile(value)}
          data={[
            { value: 'p50Ms', label: 'p50' },
            { value: 'p95Ms', label: 'p95' },
            { value: 'p99Ms', label: 'p99' },
          ]}
        />
      }
    >
      <div className={classes.charts}>
        <LiveChart title="Arrivals per second" {...shared} value="arrivalsPerSecond" format={formatRate} />
        <LiveChart
          title={`Response time ${percentile.slice(0, 3)}, ms`}
          {...shared}
          value={percentile}
          format={formatMs}
        />
        <LiveChart title="Errors per second" {...shared} value="errorsPerSecond" format={formatRate} />
      </div>
      {faults.length === 0 ? null : (
        <ul className={classes.marks} aria-label="Faults in these charts">
          {faults.slice(-4).map(({ second, index, begins, text }) => (
            <li key={`${index} ${second} ${text} ${begins}`} data-begins={begins}>
              {second} s: {begins ? text : `${text}: over`} ({names[index]})
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
});
