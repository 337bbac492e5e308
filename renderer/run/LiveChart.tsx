import { memo, useCallback, useMemo } from 'react';
import { Line, LineChart, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { variantDash } from '../../report/index.ts';
import { useVariantColor } from '../shared/variant-style.ts';
import { VariantDot } from '../shared/VariantDot.tsx';
import { chartRows, lastValues, niceTop, type ChartValue } from './view/chart-data.ts';
import { scaleOf, type Band, type Mark } from './view/chart-story.ts';
import type { LoadSeries } from './view/run-view.ts';
import classes from './run.module.css';

interface Props {
  title: string;
  latest: readonly (LoadSeries | null)[];
  names: readonly string[];
  value: ChartValue;
  bands: readonly Band[];
  marks: readonly Mark[];
  format: (value: number) => string;
}

// The same objects at every drawing: the chart takes each new one for a change, and tells all of its parts.
const tick = { fontSize: 11, fill: 'var(--ink-faint)' };
const margin = { top: 6, right: 6, bottom: 0, left: 0 };
const axisLine = { stroke: 'var(--line-strong)' };
const tooltipStyle = {
  background: 'var(--raised)',
  border: '1px solid var(--line-strong)',
  borderRadius: 7,
  fontSize: 12,
};
const seconds = (second: number): string => `${second} s`;
const secondsIntoLoad = (second: unknown): string => `${Number(second)} s into the load`;

/** One live chart of fixed size; no animation, the scale moves in round steps. */
export const LiveChart = memo(function LiveChart({ title, latest, names, value, bands, marks, format }: Props) {
  const color = useVariantColor();
  const rows = useMemo(() => chartRows(latest, value), [latest, value]);
  const last = useMemo(() => lastValues(latest, value), [latest, value]);
  const isTime = value !== 'arrivalsPerSecond' && value !== 'errorsPerSecond';
  const top = niceTop(
    rows.flatMap((row) => names.map((_, index) => row[`v${index}`] ?? 0)),
    value === 'errorsPerSecond' ? 1 : 5,
  );
  const scale = useMemo(
    () => scaleOf(isTime ? rows.flatMap((row) => names.flatMap((_, index) => row[`v${index}`] ?? [])) : [], top),
    [isTime, rows, names, top],
  );
  const end = niceTop([rows.at(-1)?.['second'] ?? 0], 20);
  const words = names
    .map((name, index) => `${name} ${last[index] == null ? 'no value yet' : format(last[index])}`)
    .join(', ');
  const span = useMemo(() => [0, end], [end]);
  const spanTicks = useMemo(() => [0, end / 2, end], [end]);
  const inTooltip = useCallback(
    (one: unknown, name: unknown): [string, string] => [
      typeof one === 'number' ? format(one) : '–',
      names[Number(String(name).slice(1))] ?? '',
    ],
    [format, names],
  );
  const told = marks.map(({ second, begins, text }) => `${text} ${begins ? 'from' : 'until'} ${second} s`).join(', ');
  return (
    <figure
      className={classes.chart}
      style={{ margin: 0 }}
      role="group"
      aria-label={`${title}: ${words}${told === '' ? '' : `. ${told}`}`}
    >
      <h3>
        {title}
        {scale.log ? ' (log scale)' : ''}
        <small className="number">
          {last.map((one, index) =>
            one === null ? null : (
              <span key={names[index]} className={classes.value}>
                <VariantDot index={index} size={9} />
                {format(one)}
              </span>
            ),
          )}
        </small>
      </h3>
      <div style={{ height: 132 }} aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%" minWidth={0}>
          <LineChart data={rows} margin={margin} accessibilityLayer={false}>
            {bands.map(({ from, to, title: phase }, index) => (
              <PhaseBand
                key={from}
                from={from}
                to={Math.min(to, end)}
                shaded={index % 2 === 0}
                // Its name, where it fits.
                phase={((to - from) / end) * 46 < phase.length ? '' : phase}
              />
            ))}
            {marks.map(({ second, index, begins, text }) => (
              <FaultLine key={`${index} ${second} ${text} ${begins}`} second={second} begins={begins} />
            ))}
            <XAxis
              dataKey="second"
              type="number"
              domain={span}
              tick={tick}
              tickLine={false}
              axisLine={axisLine}
              tickFormatter={seconds}
              ticks={spanTicks}
            />
            <YAxis
              scale={scale.log ? 'log' : 'linear'}
              domain={scale.domain}
              allowDataOverflow={scale.log}
              tick={tick}
              tickLine={false}
              axisLine={false}
              width={44}
              ticks={scale.ticks}
              tickFormatter={isTime ? shortTime : String}
            />
            <Tooltip
              isAnimationActive={false}
              formatter={inTooltip}
              labelFormatter={secondsIntoLoad}
              contentStyle={tooltipStyle}
            />
            {names.map((name, index) => (
              <Line
                key={name}
                dataKey={`v${index}`}
                stroke={color(index)}
                strokeDasharray={variantDash(index)}
                strokeWidth={1.8}
                dot={false}
                isAnimationActive={false}
                type="linear"
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
});

// Each reports to the chart whenever it is drawn, which then looks at all of its parts again: only what changed may be drawn.

const PhaseBand = memo(function PhaseBand(props: { from: number; to: number; shaded: boolean; phase: string }) {
  const { from, to, shaded, phase } = props;
  return (
    <ReferenceArea
      x1={from}
      x2={to}
      fill="var(--ink)"
      fillOpacity={shaded ? 0.045 : 0}
      strokeOpacity={0}
      label={
        phase === '' ? undefined : { value: phase, position: 'insideTopLeft', fontSize: 10, fill: 'var(--ink-faint)' }
      }
    />
  );
});

const FaultLine = memo(function FaultLine({ second, begins }: { second: number; begins: boolean }) {
  return (
    <ReferenceLine
      x={second}
      stroke={begins ? 'var(--bad)' : 'var(--good)'}
      strokeDasharray={begins ? undefined : '3 3'}
      strokeWidth={1.2}
    />
  );
});

function shortTime(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms}`;
}
