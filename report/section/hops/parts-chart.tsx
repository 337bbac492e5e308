import { BottomAxis } from '../../chart/axis.tsx';
import { Chart, px } from '../../chart/frame.tsx';
import { labelRoom } from '../../chart/label-room.ts';
import { linear } from '../../chart/ticks.ts';
import { timeParts, type TimePart } from '../../colors.ts';
import { formatMs } from '../../format/index.ts';
import { Mark } from '../../part/marker.tsx';
import type { HopsView } from './data.ts';

export const partWords: Record<TimePart, string> = {
  own: 'own code',
  store: 'store',
  network: 'network',
  serialization: 'serialisation',
  queue: 'queue',
};

const [width, right, bar] = [880, 812, 15];

interface PartsChartProps {
  hops: readonly HopsView[];
  titleOf: (endpoint: string) => string;
}

/** Where the time of a request goes: a bar an endpoint and variant, its parts end to end. */
export function PartsChart({ hops, titleOf }: PartsChartProps) {
  const endpoints = [...new Set(hops.flatMap((view) => view.endpoints.map((one) => one.endpoint)))];
  if (endpoints.length === 0) return null;
  const left = labelRoom(endpoints.map(titleOf), { least: 160, beside: 28 });
  const scale = linear(
    Math.max(...hops.flatMap((view) => view.endpoints.map((one) => one.totalMs))),
    left,
    right,
    formatMs,
    7,
  );
  const group = hops.length * (bar + 3) + 12;
  const bottom = 26 + endpoints.length * group;
  return (
    <Chart title="Where the time of a request goes, by endpoint and variant" width={width} height={bottom + 24}>
      <PartsLegend left={left} />
      <BottomAxis ticks={scale.ticks} from={24} to={bottom} left={left} right={right} />
      {endpoints.map((endpoint, row) => (
        <g key={endpoint}>
          <text
            className="cr-label"
            x={left - 24}
            y={26 + row * group + (hops.length * (bar + 3)) / 2 + 5}
            textAnchor="end"
          >
            {titleOf(endpoint)}
          </text>
          {hops.map((view, line) => (
            <Bar
              key={view.variant.name}
              view={view}
              endpoint={endpoint}
              left={left}
              y={30 + row * group + line * (bar + 3)}
              at={scale.at}
            />
          ))}
        </g>
      ))}
    </Chart>
  );
}

function PartsLegend({ left }: { left: number }) {
  return (
    <g>
      {timeParts.map((part, index) => (
        <g key={part}>
          <rect
            x={left + index * 110}
            y={2}
            width={11}
            height={11}
            fill={`var(--cr-part-${part})`}
            stroke="var(--cr-line)"
            strokeWidth={0.5}
          />
          <text className="cr-tick" x={left + index * 110 + 16} y={11.5}>
            {partWords[part]}
          </text>
        </g>
      ))}
    </g>
  );
}

interface BarProps {
  view: HopsView;
  endpoint: string;
  left: number;
  y: number;
  at: (ms: number) => number;
}

function Bar({ view, endpoint, left, y, at }: BarProps) {
  const parts = view.endpoints.find((one) => one.endpoint === endpoint);
  if (parts === undefined) return null;
  let from = 0;
  return (
    <g>
      <Mark index={view.variant.index} x={left - 11} y={y + bar / 2} size={3.6} title={view.variant.title} />
      {timeParts.map((part) => {
        const start = from;
        from += parts.parts[part];
        const title = `${view.variant.title}, ${endpoint}: ${partWords[part]} ${formatMs(parts.parts[part])}`;
        return (
          <rect
            key={part}
            x={px(at(start))}
            y={y}
            width={px(Math.max(0, at(from) - at(start)))}
            height={bar}
            fill={`var(--cr-part-${part})`}
            stroke="var(--cr-paper)"
            strokeWidth={0.7}
          >
            <title>{title}</title>
          </rect>
        );
      })}
      <text className="cr-tick" x={px(at(from)) + 6} y={y + 11.5}>
        {formatMs(parts.totalMs)}
      </text>
    </g>
  );
}
