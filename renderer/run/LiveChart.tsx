import { memo, useMemo } from 'react';
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

const tick = { fontSize: 11, fill: 'var(--ink-faint)' };

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
  const scale = scaleOf(isTime ? rows.flatMap((row) => names.flatMap((_, index) => row[`v${index}`] ?? [])) : [], top);
  const end = niceTop([rows.at(-1)?.['second'] ?? 0], 20);
  const words = names
    .map((name, index) => `${name} ${last[index] == null ? 'no value yet' : format(last[index])}`)
    .join(', ');
  const told = marks.map(({ second, begins, text }) => `${text} ${begins ? 'from' : 'until'} ${second} s`).join(', ');
  return (
    <figure
      className={classes.chart}
      style={{ margin: 0 }}
      role="group"
      aria-label={`${title}: ${words}${told === '' ? '' : `. ${told}`}`}
    >
      <h4>
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
      </h4>
      <div style={{ height: 132 }} aria-hidden="true">
        <ResponsiveContainer width="100%" height="100%" minWidth={0}>
          <LineChart data={rows} margin={{ top: 6, right: 6, bottom: 0, left: 0 }} accessibilityLayer={false}>
            {bands.map(({ from, to, title: phase }, index) => (
              <ReferenceArea
                key={from}
                x1={from}
                x2={Math.min(to, end)}
                fill="var(--ink)"
                fillOpacity={index % 2 === 0 ? 0.045 : 0}
                strokeOpacity={0}
                label={bandLabel(phase, (to - from) / end)}
              />
            ))}
            {marks.map(({ second, index, begins, text }) => (
              <ReferenceLine
                key={`${index} ${second} ${text} ${begins}`}
                x={second}
                stroke={begins ? 'var(--bad)' : 'var(--good)'}
                strokeDasharray={begins ? undefined : '3 3'}
                strokeWidth={1.2}
              />
            ))}
            <XAxis
              dataKey="second"
              type="number"
              domain={[0, end]}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              tickFormatter={(second: number) => `${second} s`}
              ticks={[0, end / 2, end]}
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
              tickFormatter={(one: number) => shortTick(one, value)}
            />
            <Tooltip
              isAnimationActive={false}
              formatter={(one, name) => [
                typeof one === 'number' ? format(one) : '–',
                names[Number(String(name).slice(1))] ?? '',
              ]}
              labelFormatter={(second) => `${Number(second)} s into the load`}
              contentStyle={{
                background: 'var(--raised)',
                border: '1px solid var(--line-strong)',
                borderRadius: 7,
                fontSize: 12,
              }}
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

/** The name of a phase at the top of its band, where it fits. */
function bandLabel(phase: string, share: number): object | undefined {
  if (share * 46 < phase.length) return undefined;
  return { value: phase, position: 'insideTopLeft', fontSize: 10, fill: 'var(--ink-faint)' };
}

function shortTick(value: number, kind: ChartValue): string {
  if (kind === 'arrivalsPerSecond' || kind === 'errorsPerSecond') return String(value);
  return value >= 1000 ? `${value / 1000} s` : `${value}`;
}
