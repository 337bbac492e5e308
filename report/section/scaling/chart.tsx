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
const panels = { skewed: [52, 424], even: [496, 868] } as const;

/** Good requests a second by how much of the budget is in use, a panel a load; marks with the interval of the mean over deployments, the law as a line between what was measured. */
export function ScalingChart({ views }: { views: readonly ScalingView[] }) {
  const shares = Math.max(...views.map(({ plan }) => plan.total));
  const highest = Math.max(
    ...views.flatMap(({ curves }) =>
      scalingLoads.flatMap((load) =>
        curves[load].marks.flatMap(({ goodPerSecond, interval }) => [goodPerSecond, interval?.high ?? 0]),
      ),
    ),
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
              <Curve key={view.variant.name} view={view} load={load} shares={shares} x={at} y={y} />
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
  x,
  y,
}: {
  view: ScalingView;
  load: (typeof scalingLoads)[number];
  shares: number;
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
              <line
                x1={px(at)}
                x2={px(at)}
                y1={px(y.at(Math.max(0, interval.low)))}
                y2={px(y.at(interval.high))}
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
