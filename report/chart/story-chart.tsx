import { variantInk } from '../colors.ts';
import type { FaultStory } from '../data/fault-timeline.ts';
import { formatMs, formatShare } from '../format/index.ts';
import { BottomAxis, LeftAxis } from './axis.tsx';
import { Chart, linePath, px } from './frame.tsx';
import { between, logMs, type PlotScale } from './ticks.ts';

const width = 400;
const [left, right] = [50, 392];
const [okTop, okBottom, p95Top, p95Bottom] = [24, 94, 128, 198];

/** Range that the stories of one fault share, so that they can be compared by eye. */
export interface StoryRange {
  fromMs: number;
  toMs: number;
  slowMs: number[];
}

export function rangeOf(stories: readonly FaultStory[]): StoryRange {
  const moments = stories.flatMap((story) => story.moments);
  return {
    fromMs: Math.min(0, ...moments.map((moment) => moment.atMs)),
    toMs: Math.max(1, ...moments.map((moment) => moment.atMs)),
    slowMs: stories.flatMap((story) => story.slow.flatMap(({ ms }) => ms ?? [])),
  };
}

interface StoryChartProps {
  title: string;
  story: FaultStory;
  index: number;
  range: StoryRange;
  /** What the shaded span is, as it is written over it. */
  cause?: string;
}

/** Availability and the slow end of the response times through one fault, the fault's span shaded. */
export function StoryChart({ title, story, index, range, cause = 'fault' }: StoryChartProps) {
  const x = between(range.fromMs, range.toMs, left, right, formatMs, 7);
  const ok = between(0, 1, okBottom, okTop, formatShare, 2);
  const p95 = logMs(range.slowMs, p95Bottom, p95Top, false);
  const line = { fill: 'none', stroke: variantInk(index), strokeWidth: 1.8 };
  return (
    <Chart title={title} width={width} height={236} className="cr-small-chart">
      <Span story={story} x={x} cause={cause} />
      <BottomAxis
        ticks={x.ticks.map((tick) => ({ ...tick, label: '' }))}
        from={okTop}
        to={okBottom}
        left={left}
        right={right}
      />
      <LeftAxis ticks={ok.ticks} from={left} to={right} top={okTop} title="availability" />
      <BottomAxis
        ticks={x.ticks}
        from={p95Top}
        to={p95Bottom}
        left={left}
        right={right}
        title="time since the fault took effect"
      />
      <LeftAxis ticks={p95.ticks} from={left} to={right} top={p95Top} title={`p${story.quantile * 100}, logarithmic`} />
      <path
        {...line}
        d={linePath(
          story.moments.map((moment) => ({
            x: x.at(moment.atMs),
            y: moment.availability === null ? null : ok.at(moment.availability),
          })),
        )}
      />
      <path
        {...line}
        d={linePath(
          story.slow.map(({ atMs, ms }) => ({
            x: x.at(Math.max(range.fromMs, atMs)),
            y: ms === null ? null : p95.at(ms),
          })),
        )}
      />
      {story.events.map((event) => {
        const at = px(x.at(Math.min(range.toMs, Math.max(range.fromMs, event.atMs))));
        return (
          <path key={`${event.atMs} ${event.text}`} className="cr-event" d={`M${at} ${okTop - 2}l-4 -8h8Z`}>
            <title>{`${formatMs(event.atMs)}: ${event.text}`}</title>
          </path>
        );
      })}
    </Chart>
  );
}

function Span({ story, x, cause }: { story: FaultStory; x: PlotScale; cause: string }) {
  const from = px(x.at(0));
  if (story.undoneMs === null)
    return <line className="cr-fault-start" x1={from} x2={from} y1={okTop - 4} y2={p95Bottom} />;
  const span = px(Math.min(right, x.at(story.undoneMs)) - from);
  return (
    <g>
      {[
        [okTop, okBottom],
        [p95Top, p95Bottom],
      ].map(([top = 0, bottom = 0]) => (
        <rect key={top} className="cr-fault-span" x={from} y={top} width={Math.max(1, span)} height={bottom - top}>
          <title>{`The ${cause} lasted ${formatMs(story.undoneMs ?? 0)}`}</title>
        </rect>
      ))}
      <text className="cr-tick" x={from + span} y={okTop - 13} textAnchor="end">
        {cause}
      </text>
    </g>
  );
}
