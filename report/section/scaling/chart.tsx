import { scalingLoads, significantFigure } from '../../../engine/model/index.ts';
import { BottomAxis, LeftAxis } from '../../chart/axis.tsx';
import { Chart, linePath, px } from '../../chart/frame.tsx';
import { linear, type PlotScale } from '../../chart/ticks.ts';
import { variantDash, variantInk } from '../../colors.ts';
import { formatNumber, trimZeros } from '../../format/index.ts';
import { Mark } from '../../part/marker.tsx';
import { loadWords, type ScalingView } from './data.ts';

const [width, height] = [880, 300];
const [top, bottom] = [40, 244];
/** How far the axis goes beyond the highest mark. */
const roomAbove = 1.6;
const panels = { skewed: [52, 424], even: [496, 868] } as const;

/** Good requests a second by how much of the budget is in use, a panel a load; marks with the interval of the mean over deployments, the law as a line between what was measured. */
export function ScalingChart({ views }: { views: readonly ScalingView[] }) {
  const shares = Math.max(...views.map(({ plan }) => plan.total));
  const all = views.flatMap(({ curves }) => scalingLoads.flatMap((load) => curves[load].marks));
  // A wide interval must not flatten everything else: it is cut off, with an arrow.
  const highest = Math.min(
    Math.max(...all.map(({ goodPerSecond, interval }) => Math.max(goodPerSecond, interval?.high ?? 0))),
    roomAbove * Math.max(...all.map(({ goodPerSecond }) => goodPerSecond)),
  );
  const [first] = views;
  if (first === undefined || !Number.isFinite(highest)) return null;
  const y = linear(highest, bottom, top, (value) => formatNumber(value));
  const each = trimZeros(significantFigure(first.plan.totalCores / shares, 3));
  return (
    <Chart title="Good requests per second by instances at equal shares of the budget" width={width} height={height}>
      {scalingLoads.map((load) => {
        const [left, right] = panels[load];
        const at = (share: number): number => left + ((right - left) * share) / (shares + 0.4);
        const ticks = Array.from({ length: shares }, (_, index) => ({ at: at(index + 1), label: `${index + 1}` }));
        return (
          <g key={load}>
            <BottomAxis
              ticks={ticks}
              from={top}
              to={bottom}
              left={left}
              right={right}
              title={`shares of ${each} CPU in use`}
            />
            <LeftAxis ticks={y.ticks} from={left} to={right} top={top} />
            <text className="cr-axis-title" x={left - 44} y={top - 14} textAnchor="start">
              {`${loadWords[load]}, good requests/s`}
            </text>
            {views.map((view) => (
              <Curve key={view.variant.name} view={view} load={load} shares={shares} highest={highest} x={at} y={y} />
            ))}
          </g>
        );
      })}
    </Chart>
  );
}

function Curve({
  view: { variant, plan, curves },
  load,
  shares,
  highest,
  x,
  y,
}: {
  view: ScalingView;
  load: (typeof scalingLoads)[number];
  shares: number;
  /** Where the axis ends, good requests/s. */
  highest: number;
  x: (share: number) => number;
  y: PlotScale;
}) {
  const { marks, law } = curves[load];
  // What a number of instances has of the budget, in shares of the largest number of instances.
  const shareOf = (instances: number): number => ((plan.total - plan.declared + instances) / plan.total) * shares;
  const nudge = (variant.index - 1) * 4;
  return (
    <g>
      <path
        d={linePath(law.map((one) => ({ x: x(shareOf(one.instances)) + nudge, y: y.at(one.goodPerSecond) })))}
        fill="none"
        stroke={variantInk(variant.index)}
        strokeOpacity={0.6}
        strokeWidth={1.4}
        strokeDasharray={variantDash(variant.index)}
      />
      {marks.map(({ instances, goodPerSecond, interval, deployments, atLeast }) => {
        const at = x(shareOf(instances)) + nudge;
        const range =
          interval === null ? '' : ` (95 %: ${formatNumber(interval.low)} to ${formatNumber(interval.high)})`;
        return (
          <g key={instances}>
            {interval === null ? null : (
              <path
                d={`M${px(at)} ${px(y.at(Math.max(0, interval.low)))}V${px(y.at(Math.min(highest, interval.high)))}${interval.high > highest ? 'm-3 5l3 -5l3 5' : ''}`}
                fill="none"
                stroke={variantInk(variant.index)}
                strokeWidth={1.4}
              />
            )}
            <Mark
              index={variant.index}
              x={at}
              y={y.at(goodPerSecond)}
              hollow={atLeast}
              title={`${variant.title}, ${instances} of ${plan.declared} of ${plan.unit}: ${atLeast ? '≥ ' : ''}${formatNumber(goodPerSecond)} good requests/s${range}, ${deployments} deployments`}
            />
          </g>
        );
      })}
    </g>
  );
}
