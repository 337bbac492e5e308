import { BottomAxis } from '../../chart/axis.tsx';
import { Chart, px } from '../../chart/frame.tsx';
import { labelRoom } from '../../chart/label-room.ts';
import { linear } from '../../chart/ticks.ts';
import { variantInk } from '../../colors.ts';
import { formatBytes, formatMs } from '../../format/index.ts';
import { Mark } from '../../part/marker.tsx';
import type { DeploymentView } from './data.ts';

const width = 880;
const [right, rowHeight] = [780, 22];

/** Create, start and become ready of every unit, all variants on one clock, with the first good request. */
export function Gantt({ deployments }: { deployments: readonly DeploymentView[] }) {
  const left = labelRoom(
    deployments.flatMap(({ units }) => units.map(({ unit }) => unit)),
    { least: 136, beside: 12 },
  );
  const scale = linear(
    Math.max(...deployments.map((one) => Math.max(one.firstGoodMs, one.allReadyMs))) * 1.02,
    left,
    right,
    formatMs,
    7,
  );
  let y = 8;
  const blocks = deployments.map((deployment) => {
    const top = y;
    y += 24 + deployment.units.length * rowHeight + 14;
    return { deployment, top };
  });
  return (
    <Chart title="Deployment time line of every unit, averages over the rounds" width={width} height={y + 34}>
      <BottomAxis
        ticks={scale.ticks}
        from={8}
        to={y}
        left={left}
        right={right}
        title="time since the first call to the engine"
      />
      {blocks.map(({ deployment, top }) => (
        <Group key={deployment.variant.name} deployment={deployment} left={left} top={top} at={scale.at} />
      ))}
    </Chart>
  );
}

interface GroupProps {
  deployment: DeploymentView;
  left: number;
  top: number;
  at: (ms: number) => number;
}

function Group({ deployment, left, top, at }: GroupProps) {
  const { variant, units, firstGoodMs, floorMs } = deployment;
  const ink = variantInk(variant.index);
  const bottom = top + 24 + units.length * rowHeight;
  const good = px(at(firstGoodMs));
  return (
    <g>
      <Mark index={variant.index} x={6} y={top + 11} />
      <line x1={good} x2={good} y1={top + 6} y2={bottom} stroke={ink} strokeWidth={1.6} strokeDasharray="5 3" />
      <text className="cr-label cr-strong" x={16} y={top + 15} fill={ink}>
        {variant.title}
      </text>
      {floorMs === null ? null : (
        <line className="cr-floor" x1={px(at(floorMs))} x2={px(at(floorMs))} y1={top + 20} y2={bottom}>
          <title>{`Floor: an echo container answers after ${formatMs(floorMs)}`}</title>
        </line>
      )}
      {units.map((unit, row) => {
        const y = top + 24 + row * rowHeight;
        const parts = [
          { name: 'create', from: unit.createStartMs, to: unit.createdMs, opacity: 0.35 },
          { name: 'start', from: unit.createdMs, to: unit.startedMs, opacity: 0.6 },
          { name: 'become ready', from: unit.startedMs, to: unit.readyMs, opacity: 1 },
        ];
        return (
          <g key={unit.unit}>
            <text className="cr-label" x={left - 8} y={y + 14} textAnchor="end">
              {unit.unit}
            </text>
            {parts.map((part) => (
              <rect
                key={part.name}
                x={px(at(part.from))}
                y={y + 4}
                width={px(Math.max(1, at(part.to) - at(part.from)))}
                height={13}
                fill={ink}
                fillOpacity={part.opacity}
              >
                <title>{`${unit.unit}: ${part.name} ${formatMs(part.to - part.from)}`}</title>
              </rect>
            ))}
            <text className="cr-tick cr-halo" x={px(at(unit.readyMs)) + 6} y={y + 14}>
              {formatMs(unit.readyMs)}
            </text>
            <text className="cr-tick" x={width} y={y + 14} textAnchor="end">
              {`+${formatBytes(unit.addedBytes)}`}
              <title>{`Image of ${unit.unit}: ${formatBytes(unit.imageBytes)}, of which ${formatBytes(unit.addedBytes)} over the base`}</title>
            </text>
          </g>
        );
      })}
      <text
        className="cr-label cr-halo"
        x={good > 620 ? good - 6 : good + 6}
        y={top + 15}
        textAnchor={good > 620 ? 'end' : 'start'}
      >
        {`first good request ${formatMs(firstGoodMs)}`}
      </text>
    </g>
  );
}
