import { BottomAxis, LeftAxis } from '../../chart/axis.tsx';
import { Chart, linePath, px } from '../../chart/frame.tsx';
import { spread } from '../../chart/spread.ts';
import { logMs } from '../../chart/ticks.ts';
import { variantDash, variantInk } from '../../colors.ts';
import { formatMs } from '../../format/index.ts';
import { Mark } from '../../part/marker.tsx';
import { percentileCurve, type LoadSummary } from './data.ts';

const [width, height] = [880, 330];
const [left, top, bottom] = [56, 26, 286];

/** Room of a letter beside the curves, and of all of them at least and at most. */
const [letter, leastRoom, mostRoom] = [7, 94, 280];

const marks = [
  { q: 0.1, label: 'p10' },
  { q: 0.5, label: 'p50' },
  { q: 0.9, label: 'p90' },
  { q: 0.95, label: 'p95' },
  { q: 0.99, label: 'p99' },
  { q: 0.999, label: 'p99.9' },
  { q: 0.9999, label: 'p99.99' },
];
const nines = (q: number): number => -Math.log10(1 - q);

/** Response time by percentile: each further nine gets as much room as the one before, as the tail is what hurts. Marked are the percentiles of the table that are of the same requests. */
export function PercentileChart({ summaries }: { summaries: readonly LoadSummary[] }) {
  const curves = summaries
    .map((summary) => ({ summary, points: percentileCurve(summary) }))
    .filter(({ points }) => points.length > 1);
  if (curves.length === 0) return null;
  const longest = Math.max(...curves.map(({ summary }) => summary.variant.title.length));
  const room = Math.min(mostRoom, Math.max(leastRoom, longest * letter));
  const right = width - 10 - room;
  const last = Math.max(...curves.map(({ points }) => points.at(-1)?.x ?? 0));
  const x = (value: number): number => left + ((value - nines(0.1)) / (last - nines(0.1))) * (right - left);
  const y = logMs(
    curves.flatMap(({ points }) => points.map((point) => point.ms)),
    bottom,
    top,
  );
  const ticks = marks
    .filter((mark) => nines(mark.q) <= last + 0.001)
    .map((mark) => ({ at: x(nines(mark.q)), label: mark.label }));
  const ends = spread(
    curves.map(({ points }) => y.at(points.at(-1)?.ms ?? 1)),
    15,
  );
  return (
    <Chart title="Response time by percentile, average over the rounds of each variant" width={width} height={height}>
      <BottomAxis
        ticks={ticks}
        from={top}
        to={bottom}
        left={left}
        right={right}
        title="share of requests that were at least this fast"
      />
      <LeftAxis ticks={y.ticks} from={left} to={right} top={top} title="response time, logarithmic" />
      {curves.map(({ summary, points }, curve) => {
        const { variant } = summary;
        return (
          <g key={variant.name}>
            <path
              d={linePath(points.map((point) => ({ x: x(point.x), y: y.at(point.ms) })))}
              fill="none"
              stroke={variantInk(variant.index)}
              strokeWidth={2.2}
              strokeDasharray={variantDash(variant.index)}
            />
            {summary.quantiles.map(({ q, ms, ofWindows }) =>
              ms === null || ofWindows || nines(q) > last ? null : (
                <Mark
                  key={q}
                  index={variant.index}
                  x={x(nines(q))}
                  y={y.at(ms)}
                  title={`${variant.title} p${q * 100}: ${formatMs(ms)}`}
                />
              ),
            )}
            <text className="cr-label" x={right + 10} y={px((ends[curve] ?? 0) + 4)} fill={variantInk(variant.index)}>
              {shortened(variant.title)}
            </text>
          </g>
        );
      })}
    </Chart>
  );
}

/** As much as there is room for; the whole is in the table below. */
function shortened(title: string): string {
  const most = Math.floor(mostRoom / letter);
  const letters = Array.from(new Intl.Segmenter('en').segment(title), ({ segment }) => segment);
  return letters.length <= most ? title : `${letters.slice(0, most - 1).join('')}…`;
}
