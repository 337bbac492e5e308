import { Chart, px } from '../../chart/frame.tsx';
import { callKey, layered, type Layered } from '../../chart/layered.ts';
import { spread } from '../../chart/spread.ts';
import { variantInk } from '../../colors.ts';
import { formatBytes, formatMs, formatNumber, formatRatio, trimZeros } from '../../format/index.ts';
import type { CallView, HopsView } from './data.ts';

const [width, nodeWidth, nodeHeight, lineHeight] = [880, 116, 34, 36];

interface Point {
  x: number;
  y: number;
}

interface Stage {
  layout: Layered;
  /** Left edge and middle of a place, by its column and its height in the layout. */
  at: (place: { column: number; y: number }) => Point;
}

/** Room for three lines of figures beside every call. */
const gaps = { column: 80, row: 24, lane: 30 };

/** Modules and the calls between them, per journey: full lines cross a unit's border, dotted ones stay inside. */
export function CallGraph({ view }: { view: HopsView }) {
  const names = [...new Set(view.calls.flatMap((call) => [call.from, call.to]))];
  if (names.length === 0) return null;
  const boxes = names.map((id) => ({ id, width: nodeWidth, height: nodeHeight }));
  const layout = layered(boxes, view.calls, gaps);
  const height = Math.max(120, layout.height + 24);
  const step = (width - nodeWidth - 2) / Math.max(1, layout.columns.length - 1);
  const stage: Stage = {
    layout,
    at: ({ column, y }) => ({ x: 1 + column * step, y: y + (height - layout.height) / 2 }),
  };
  const most = Math.max(...view.calls.map((call) => call.calls));
  return (
    <Chart title={`Calls between the modules of ${view.variant.title}, per journey`} width={width} height={height}>
      {view.calls.map((call) => (
        <Edge key={callKey(call)} call={call} stage={stage} index={view.variant.index} most={most} />
      ))}
      {labelsOf(view.calls, stage).map(({ call, x, y }) => (
        <text key={callKey(call)} className="cr-tick cr-halo cr-edge" textAnchor="middle">
          {edgeLines(call).map((line, row) => (
            <tspan key={line} x={px(x)} y={px(y - 4 + row * 11)}>
              {line}
            </tspan>
          ))}
        </text>
      ))}
      {names.map((name) => {
        const place = middleOf(name, stage);
        return place === undefined ? null : <Node key={name} name={name} unit={view.unitOf.get(name)} point={place} />;
      })}
    </Chart>
  );
}

/** Left edge and middle of a module. */
function middleOf(name: string, { layout, at }: Stage): Point | undefined {
  const place = layout.places.get(name);
  return place === undefined ? undefined : at({ column: place.column, y: place.y + nodeHeight / 2 });
}

function Node({ name, unit, point }: { name: string; unit: string | undefined; point: Point }) {
  const middle = px(point.x + nodeWidth / 2);
  return (
    <g>
      <rect
        className="cr-node"
        x={px(point.x)}
        y={px(point.y - nodeHeight / 2)}
        width={nodeWidth}
        height={nodeHeight}
        rx={5}
      />
      <text
        className="cr-label cr-strong cr-node-name"
        x={middle}
        y={px(point.y + (unit === undefined ? 4 : -2))}
        textAnchor="middle"
      >
        {name}
      </text>
      {unit === undefined ? null : (
        <text className="cr-tick" x={middle} y={px(point.y + 12)} textAnchor="middle">
          {`in ${unit}`}
        </text>
      )}
    </g>
  );
}

/** How often, how long, how many bytes; two digits are enough to compare by eye. */
function edgeLines(call: CallView): string[] {
  const calls = trimZeros(formatRatio(call.calls, 2));
  const time = trimZeros(formatMs(Number(call.totalMs.toPrecision(2))));
  return call.kind === 'remote'
    ? [calls, time, trimZeros(formatBytes(Number(call.bytes.toPrecision(2))))]
    : [calls, time];
}

/** The bends of a call: where it leaves, enters and leaves each lane, and arrives. */
function bends(call: CallView, stage: Stage): [Point, Point][] {
  const [from, to] = [middleOf(call.from, stage), middleOf(call.to, stage)];
  if (from === undefined || to === undefined) return [];
  const stops = [from, ...(stage.layout.passes.get(callKey(call)) ?? []).map(stage.at), to];
  return stops.slice(1).flatMap((stop, index) => {
    const before = stops[index];
    return before === undefined ? [] : [[{ x: before.x + nodeWidth, y: before.y }, stop] as [Point, Point]];
  });
}

/** Figures stand in the gap before the called module, moved apart where they would cover each other. */
function labelsOf(calls: readonly CallView[], stage: Stage): { call: CallView; x: number; y: number }[] {
  const wanted = calls.flatMap((call) => {
    const last = bends(call, stage).at(-1);
    return last === undefined ? [] : [{ call, x: (last[0].x + last[1].x) / 2, y: last[0].y * 0.35 + last[1].y * 0.65 }];
  });
  const gaps = new Map<number, typeof wanted>();
  for (const label of wanted) gaps.set(Math.round(label.x), [...(gaps.get(Math.round(label.x)) ?? []), label]);
  return [...gaps.values()].flatMap((group) => {
    const rows = spread(
      group.map((label) => label.y),
      lineHeight,
    );
    return group.map((label, index) => ({ ...label, y: rows[index] ?? label.y }));
  });
}

function Edge({ call, stage, index, most }: { call: CallView; stage: Stage; index: number; most: number }) {
  const path = bends(call, stage)
    .map(([from, to], leg) => {
      const middle = px((from.x + to.x) / 2);
      return `${leg === 0 ? 'M' : 'L'}${px(from.x)} ${px(from.y)}C${middle} ${px(from.y)} ${middle} ${px(to.y)} ${px(to.x)} ${px(to.y)}`;
    })
    .join('');
  const remote = call.kind === 'remote';
  const title = `${call.from} calls ${call.to} (${call.operations.join(', ')}): ${call.kind}, ${formatNumber(call.calls)} calls, ${formatMs(call.totalMs)}, ${formatBytes(call.bytes)} per journey`;
  return (
    <path
      d={path}
      fill="none"
      stroke={remote ? variantInk(index) : 'var(--cr-quiet)'}
      strokeOpacity={0.75}
      strokeWidth={px(1 + 3.5 * Math.sqrt(call.calls / Math.max(most, 1e-9)))}
      strokeDasharray={remote ? undefined : '2 4'}
    >
      <title>{title}</title>
    </path>
  );
}
