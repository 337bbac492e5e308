import { BottomAxis } from '../../chart/axis.tsx';
import { Chart, px } from '../../chart/frame.tsx';
import { labelRoom } from '../../chart/label-room.ts';
import { linear } from '../../chart/ticks.ts';
import type { TimePart } from '../../colors.ts';
import { formatMs } from '../../format/index.ts';
import { Mark } from '../../part/marker.tsx';
import type { ChangeView, ReleaseView } from './data.ts';
import { stages, type Stage } from './stages.ts';

const words: Record<Stage, string> = {
  bundle: 'bundle',
  images: 'images',
  start: 'start',
  ready: 'ready',
  switch: 'switch',
  drain: 'drain',
  end: 'old ones end',
};
/** The colours in which the report splits time; two that follow each other share one, the second paler. */
const inks: Record<Stage, { part: TimePart; opacity: number }> = {
  bundle: { part: 'own', opacity: 1 },
  images: { part: 'store', opacity: 1 },
  start: { part: 'network', opacity: 1 },
  ready: { part: 'network', opacity: 0.5 },
  switch: { part: 'serialization', opacity: 1 },
  drain: { part: 'queue', opacity: 1 },
  end: { part: 'queue', opacity: 0.5 },
};
/** Room for a word of the legend. */
const wordRoom = 70;

const [width, right, bar] = [880, 812, 15];

/** The way from an edit to the end of the last old instance: a bar a change and variant, its pieces end to end, and a line where it was live. */
export function StagesChart({ changes }: { changes: readonly ChangeView[] }) {
  const shown = changes.filter(({ releases }) => releases.some(({ liveMs }) => liveMs !== null));
  if (shown.length === 0) return null;
  const most = Math.max(...shown.flatMap(({ releases }) => releases.flatMap((one) => [totalOf(one), one.liveMs ?? 0])));
  const left = labelRoom(
    shown.map(({ name }) => name),
    { least: 250, beside: 28 },
  );
  const scale = linear(most, left, right, formatMs, 7);
  let y = 26;
  const rows = shown.map((change) => {
    const top = y;
    y += change.releases.length * (bar + 3) + 14;
    return { change, top };
  });
  return (
    <Chart
      title="From edit to the end of the last old instance, and when it was live, by change and variant, averages over deployments"
      width={width}
      height={y + 24}
    >
      <g>
        {stages.map((stage, index) => (
          <g key={stage}>
            <rect
              x={left + index * wordRoom}
              y={2}
              width={11}
              height={11}
              fill={`var(--cr-part-${inks[stage].part})`}
              fillOpacity={inks[stage].opacity}
              stroke="var(--cr-line)"
              strokeWidth={0.5}
            />
            <text className="cr-tick" x={left + index * wordRoom + 16} y={11.5}>
              {words[stage]}
            </text>
          </g>
        ))}
        <LiveMark x={left + stages.length * wordRoom + 30} y={0} />
        <text className="cr-tick" x={left + stages.length * wordRoom + 36} y={11.5}>
          live
        </text>
      </g>
      <BottomAxis ticks={scale.ticks} from={24} to={y} left={left} right={right} title="time since the edit" />
      {rows.map(({ change, top }) => (
        <g key={change.name}>
          <text
            className="cr-label"
            x={left - 24}
            y={top + (change.releases.length * (bar + 3)) / 2 + 5}
            textAnchor="end"
          >
            {change.name}
          </text>
          {change.releases.map((release, line) => (
            <Bar
              key={release.variant.name}
              release={release}
              left={left}
              y={top + 2 + line * (bar + 3)}
              at={scale.at}
            />
          ))}
        </g>
      ))}
    </Chart>
  );
}

/** Stands out of the bar at both ends, so that it is not taken for one of its borders. */
function LiveMark({ x, y, title }: { x: number; y: number; title?: string }) {
  return (
    <line x1={x} x2={x} y1={y - 1.5} y2={y + bar + 1.5} stroke="var(--cr-ink)" strokeWidth={2}>
      {title === undefined ? null : <title>{title}</title>}
    </line>
  );
}

const totalOf = ({ stages: parts }: ReleaseView): number => stages.reduce((sum, stage) => sum + parts[stage], 0);

function Bar({ release, left, y, at }: { release: ReleaseView; left: number; y: number; at: (ms: number) => number }) {
  const { variant } = release;
  let from = 0;
  return (
    <g>
      <Mark index={variant.index} x={left - 11} y={y + bar / 2} size={3.6} title={variant.title} />
      {stages.map((stage) => {
        const start = from;
        from += release.stages[stage];
        return (
          <rect
            key={stage}
            x={px(at(start))}
            y={y}
            width={px(Math.max(0, at(from) - at(start)))}
            height={bar}
            fill={`var(--cr-part-${inks[stage].part})`}
            fillOpacity={inks[stage].opacity}
            stroke="var(--cr-paper)"
            strokeWidth={0.7}
          >
            <title>{`${variant.title}: ${words[stage]} ${formatMs(release.stages[stage])}`}</title>
          </rect>
        );
      })}
      {release.liveMs === null ? null : (
        <LiveMark x={px(at(release.liveMs))} y={y} title={`${variant.title}: live ${formatMs(release.liveMs)}`} />
      )}
      <text className="cr-tick" x={px(at(Math.max(from, release.liveMs ?? 0))) + 6} y={y + 11.5}>
        {formatMs(totalOf(release))}
      </text>
    </g>
  );
}
