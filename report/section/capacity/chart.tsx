import { BottomAxis, LeftAxis } from '../../chart/axis.tsx';
import { Chart, linePath, px } from '../../chart/frame.tsx';
import { between, linear, logMs, type PlotScale } from '../../chart/ticks.ts';
import { variantDash, variantInk } from '../../colors.ts';
import { formatMs, formatNumber, formatShare } from '../../format/index.ts';
import { Mark } from '../../part/marker.tsx';
import type { CapacityView } from './data.ts';

const width = 880;
const [left, right] = [56, 868];
const [p95Top, p95Bottom, okTop, okBottom] = [26, 216, 256, 326];

type Point = CapacityView['rounds'][number]['points'][number];

/** Rate against p95 and availability; filled marks met the objective, hollow ones missed it. */
export function CapacityChart({ capacities }: { capacities: readonly CapacityView[] }) {
  const points = capacities.flatMap((capacity) => capacity.rounds.flatMap((round) => round.points));
  const [objective] = capacities.map((capacity) => capacity.objective);
  if (points.length === 0 || objective === undefined) return null;
  const x = linear(
    Math.max(...points.map((point) => point.journeysPerSecond)),
    left,
    right,
    (value) => formatNumber(value),
    8,
  );
  const y = logMs([...points.flatMap((point) => point.p95Ms ?? []), objective.p95Ms], p95Bottom, p95Top);
  const worst = Math.min(objective.availability, ...points.map((point) => point.availability));
  const ok = between(Math.max(0, worst - 0.02), 1, okBottom, okTop, formatShare, 3);
  const limit = px(y.at(objective.p95Ms));
  return (
    <Chart title="p95 and availability by rate of journeys" width={width} height={368}>
      <BottomAxis
        ticks={x.ticks.map((tick) => ({ ...tick, label: '' }))}
        from={p95Top}
        to={p95Bottom}
        left={left}
        right={right}
      />
      <LeftAxis ticks={y.ticks} from={left} to={right} top={p95Top} title="p95, logarithmic" />
      <line className="cr-limit" x1={left} x2={right} y1={limit} y2={limit} />
      <text
        className="cr-tick cr-halo"
        x={right}
        y={limit - 5}
        textAnchor="end"
      >{`objective ${formatMs(objective.p95Ms)}`}</text>
      <BottomAxis
        ticks={x.ticks}
        from={okTop}
        to={okBottom}
        left={left}
        right={right}
        title="journeys started per second"
      />
      <LeftAxis ticks={ok.ticks} from={left} to={right} top={okTop} title="availability" />
      {capacities.map((capacity) => (
        <g key={capacity.variant.name}>
          <Knee capacity={capacity} x={x} />
          {capacity.rounds.map((round, index) => (
            <g key={index}>
              <Curve
                index={capacity.variant.index}
                points={round.points}
                x={x}
                y={(point) => (point.p95Ms === null ? null : y.at(point.p95Ms))}
              />
              <Curve
                index={capacity.variant.index}
                points={round.points}
                x={x}
                y={(point) => ok.at(point.availability)}
              />
            </g>
          ))}
        </g>
      ))}
    </Chart>
  );
}

function Curve({
  index,
  points,
  x,
  y,
}: {
  index: number;
  points: readonly Point[];
  x: PlotScale;
  y: (point: Point) => number | null;
}) {
  const sorted = [...points].sort((one, other) => one.journeysPerSecond - other.journeysPerSecond);
  return (
    <g>
      <path
        d={linePath(sorted.map((point) => ({ x: x.at(point.journeysPerSecond), y: y(point) })))}
        fill="none"
        stroke={variantInk(index)}
        strokeOpacity={0.45}
        strokeWidth={1.4}
        strokeDasharray={variantDash(index)}
      />
      {sorted.map((point, order) => {
        const at = y(point);
        if (at === null) return null;
        const title = `${formatNumber(point.journeysPerSecond)} journeys/s: p95 ${point.p95Ms === null ? 'none' : formatMs(point.p95Ms)}, availability ${formatShare(point.availability)}, objective ${point.met ? 'met' : 'missed'}`;
        return (
          <Mark
            key={order}
            index={index}
            x={x.at(point.journeysPerSecond)}
            y={at}
            size={3.6}
            hollow={!point.met}
            title={title}
          />
        );
      })}
    </g>
  );
}

function Knee({ capacity, x }: { capacity: CapacityView; x: PlotScale }) {
  if (capacity.journeysPerSecond === null) return null;
  const at = px(x.at(capacity.journeysPerSecond));
  return (
    <line x1={at} x2={at} y1={p95Top} y2={okBottom} stroke={variantInk(capacity.variant.index)} strokeWidth={1.4}>
      <title>{`${capacity.variant.title}: capacity ${formatNumber(capacity.journeysPerSecond)} journeys/s`}</title>
    </line>
  );
}
