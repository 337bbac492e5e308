/** What a metric means, for tables, tooltips and judgement. */
export interface MetricDefinition {
  name: string;
  /** The probe under whose name its findings are kept. */
  probe: string;
  title: string;
  /** How a change of it is said aloud: the words before "2 times as long", "2 times as much", or "higher by 2" of what is counted; absent: its title. */
  spoken?: { words: string; as: 'time' | 'amount' | 'number' };
  unit: 'ms' | 's' | 'bytes' | 'requests/s' | 'journeys/s' | 'share' | 'count' | 'cpu-seconds' | 'requests';
  /** Which direction is better for the one who runs the application. */
  better: 'lower' | 'higher';
  /**
   * How values are averaged and compared: positive quantities as ratios; differences of what may be zero; `share`: proportions, averaged on the arcsine of their root;
   * `count`: counts that may be zero, averaged on log(x + 0.5). The last two are read as differences.
   */
  scale: 'ratio' | 'difference' | 'share' | 'count';
  /** The question it helps to answer; findings of one question are judged together, its headlines apart from its details. One family a fault. */
  family: string;
  /** A constant of the variant: counted, not tested. */
  constant?: true;
  /** Smallest effect that matters: a share for ratios, in the metric's unit for differences. */
  margin: number;
  /** Step in which values of this metric come, in its unit; absent for continuous ones. */
  resolution?: number;
  /** Headline metrics open the report. */
  headline: boolean;
  definition: string;
}
