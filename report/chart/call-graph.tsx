import { variantInk } from '../colors.ts';
import type { CallView, HopsView } from '../data/hops.ts';
import { formatBytes, formatMs, formatNumber } from '../format/index.ts';
import { Chart, px } from './frame.tsx';
import { layoutGraph } from './graph-layout.ts';

const [width, nodeWidth, nodeHeight] = [1040, 124, 36];

interface Place {
  x: number;
  y: number;
}

/** Modules and the calls between them, per journey: full lines cross a unit's border, dotted ones stay inside. */
export function CallGraph({ view }: { view: HopsView }) {
  const nodes = layoutGraph(view.calls);
  if (nodes.length === 0) return null;
  const columns = Math.max(...nodes.map((node) => node.layer)) + 1;
  const tallest = Math.max(
    ...Array.from({ length: columns }, (_, layer) => nodes.filter((node) => node.layer === layer).length),
  );
  const height = Math.max(150, tallest * 74);
  const step = (width - nodeWidth - 2) / Math.max(1, columns - 1);
  const places = new Map<string, Place>(
    nodes.map((node) => [node.name, { x: 1 + node.layer * step, y: node.row * height }]),
  );
  const most = Math.max(...view.calls.map((call) => call.calls));
  return (
    <Chart title={`Calls between the modules of ${view.variant.title}, per journey`} width={width} height={height}>
      {view.calls.map((call) => (
        <Edge key={`${call.from} ${call.to}`} call={call} places={places} index={view.variant.index} most={most} />
      ))}
      {view.calls.map((call) => (
        <EdgeText key={`${call.from} ${call.to}`} call={call} places={places} />
      ))}
      {nodes.map((node) => {
        const place = places.get(node.name);
        if (place === undefined) return null;
        const unit = view.unitOf.get(node.name);
        return (
          <g key={node.name}>
            <rect
              className="cr-node"
              x={px(place.x)}
              y={px(place.y - nodeHeight / 2)}
              width={nodeWidth}
              height={nodeHeight}
              rx={5}
            />
            <text
              className="cr-label cr-strong"
              x={px(place.x + nodeWidth / 2)}
              y={px(place.y + (unit === undefined ? 4 : -2))}
              textAnchor="middle"
            >
              {node.name}
            </text>
            {unit === undefined ? null : (
              <text className="cr-tick" x={px(place.x + nodeWidth / 2)} y={px(place.y + 12)} textAnchor="middle">
                {`unit ${unit}`}
              </text>
            )}
          </g>
        );
      })}
    </Chart>
  );
}

function ends(call: CallView, places: ReadonlyMap<string, Place>) {
  const [from, to] = [places.get(call.from), places.get(call.to)];
  if (from === undefined || to === undefined) return null;
  const forward = to.x > from.x;
  return { x1: from.x + (forward ? nodeWidth : 0), y1: from.y, x2: to.x + (forward ? 0 : nodeWidth), y2: to.y };
}

function Edge({
  call,
  places,
  index,
  most,
}: {
  call: CallView;
  places: ReadonlyMap<string, Place>;
  index: number;
  most: number;
}) {
  const line = ends(call, places);
  if (line === null) return null;
  const { x1, y1, x2, y2 } = line;
  const middle = (x1 + x2) / 2;
  const stroke = 1 + 4 * Math.sqrt(call.calls / Math.max(most, 1e-9));
  return (
    <path
      d={`M${px(x1)} ${px(y1)}C${px(middle)} ${px(y1)} ${px(middle)} ${px(y2)} ${px(x2)} ${px(y2)}`}
      fill="none"
      stroke={call.kind === 'remote' ? variantInk(index) : 'var(--cr-quiet)'}
      strokeOpacity={call.kind === 'remote' ? 0.75 : 0.8}
      strokeWidth={px(stroke)}
      strokeDasharray={call.kind === 'remote' ? undefined : '2 4'}
    >
      <title>{`${call.from} calls ${call.to} (${call.operations.join(', ')}): ${call.kind}, ${formatNumber(call.calls)} calls, ${formatMs(call.totalMs)}, ${formatBytes(call.bytes)} per journey`}</title>
    </path>
  );
}

function EdgeText({ call, places }: { call: CallView; places: ReadonlyMap<string, Place> }) {
  const line = ends(call, places);
  if (line === null) return null;
  const share = 0.66;
  const x = line.x1 + (line.x2 - line.x1) * share;
  const curve = 3 * (1 - share) * share ** 2 + share ** 3;
  const y = line.y1 + (line.y2 - line.y1) * curve;
  return (
    <text className="cr-tick cr-halo cr-edge" x={px(x)} y={px(y)} textAnchor="middle">
      <tspan x={px(x)} dy={-3}>{`${formatNumber(call.calls, 2)} × · ${formatMs(call.totalMs)}`}</tspan>
      <tspan x={px(x)} dy={12}>
        {call.kind === 'remote' ? formatBytes(call.bytes) : 'in process'}
      </tspan>
    </text>
  );
}
