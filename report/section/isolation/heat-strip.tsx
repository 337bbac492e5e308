import { Chart, px } from '../../chart/frame.tsx';
import type { FaultStory } from '../../data/fault-timeline.ts';
import { formatMs, formatShare } from '../../format/index.ts';

const [width, left, right, rowHeight] = [400, 112, 392, 15];

/** Availability by endpoint through one fault: the darker, the fewer good requests. */
export function HeatStrip({
  title,
  story,
  names,
}: {
  title: string;
  story: FaultStory;
  names: (endpoint: string) => string;
}) {
  const slots = story.moments.length;
  if (slots === 0) return null;
  const step = (right - left) / slots;
  return (
    <Chart title={title} width={width} height={story.endpoints.length * rowHeight + 18} className="cr-small-chart">
      {story.endpoints.map((row, index) => (
        <g key={row.endpoint}>
          <text className="cr-tick" x={left - 6} y={index * rowHeight + 11} textAnchor="end">
            {names(row.endpoint)}
          </text>
          <rect
            className="cr-heat-ground"
            x={left}
            y={index * rowHeight + 1}
            width={right - left}
            height={rowHeight - 2}
          />
          {row.availability.map((share, slot) =>
            share === null || share > 0.995 ? null : (
              <rect
                key={slot}
                className="cr-heat"
                x={px(left + slot * step)}
                y={index * rowHeight + 1}
                width={px(step)}
                height={rowHeight - 2}
                fillOpacity={px(0.15 + 0.85 * (1 - share))}
              >
                <title>{`${names(row.endpoint)} at ${formatMs(story.moments[slot]?.atMs ?? 0)}: ${formatShare(share)} good`}</title>
              </rect>
            ),
          )}
        </g>
      ))}
      <text className="cr-tick" x={left} y={story.endpoints.length * rowHeight + 14}>
        each column {formatMs(story.resolutionMs)}; filled: good requests lost
      </text>
    </Chart>
  );
}
