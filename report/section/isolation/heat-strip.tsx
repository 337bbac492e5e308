import { Chart, px } from '../../chart/frame.tsx';
import type { FaultStory } from '../../data/fault-timeline.ts';
import { formatMs, formatShare } from '../../format/index.ts';

const [width, right, stripHeight] = [400, 392, 15];
/** Beside the strips there is room for names of so many letters, which are about so wide. */
const [beside, letter] = [112, 5.9];
/** Longer names stand above their strips, from here on. */
const [edge, nameHeight] = [8, 15];

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
  const longest = Math.max(0, ...story.endpoints.map(({ endpoint }) => names(endpoint).length));
  const isAbove = longest * letter > beside - 8;
  const left = isAbove ? edge : beside;
  const strip = isAbove ? nameHeight : 0;
  const rowHeight = stripHeight + strip;
  const step = (right - left) / slots;
  return (
    <Chart title={title} width={width} height={story.endpoints.length * rowHeight + 18} className="cr-small-chart">
      {story.endpoints.map((row, index) => (
        <g key={row.endpoint}>
          <text
            className="cr-tick"
            x={isAbove ? left : left - 6}
            y={index * rowHeight + 11}
            textAnchor={isAbove ? 'start' : 'end'}
          >
            {names(row.endpoint)}
          </text>
          <rect
            className="cr-heat-ground"
            x={left}
            y={index * rowHeight + strip + 1}
            width={right - left}
            height={stripHeight - 2}
          />
          {row.availability.map((share, slot) =>
            share === null || share > 0.995 ? null : (
              <rect
                key={slot}
                className="cr-heat"
                x={px(left + slot * step)}
                y={index * rowHeight + strip + 1}
                width={px(step)}
                height={stripHeight - 2}
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
