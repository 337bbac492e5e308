import { px } from './frame.tsx';

export interface Tick {
  at: number;
  label: string;
}

interface AxisProps {
  ticks: readonly Tick[];
  /** Where the plot begins and ends across the axis. */
  from: number;
  to: number;
  title?: string;
}

/** Vertical grid lines with labels below. */
export function BottomAxis({ ticks, from, to, title, left, right }: AxisProps & { left: number; right: number }) {
  return (
    <g className="cr-axis">
      {ticks.map((tick) => (
        <g key={tick.at}>
          <line className="cr-grid" x1={px(tick.at)} x2={px(tick.at)} y1={from} y2={to} />
          <text className="cr-tick" x={px(tick.at)} y={to + 14} textAnchor="middle">
            {tick.label}
          </text>
        </g>
      ))}
      {title === undefined ? null : (
        <text className="cr-axis-title" x={(left + right) / 2} y={to + 30} textAnchor="middle">
          {title}
        </text>
      )}
    </g>
  );
}

/** Horizontal grid lines with labels at the left; the title stands above them, level, so that nobody tilts their head. */
export function LeftAxis({ ticks, from, to, title, top }: AxisProps & { top: number }) {
  return (
    <g className="cr-axis">
      {ticks.map((tick) => (
        <g key={tick.at}>
          <line className="cr-grid" x1={from} x2={to} y1={px(tick.at)} y2={px(tick.at)} />
          <text className="cr-tick" x={from - 6} y={px(tick.at) + 3.5} textAnchor="end">
            {tick.label}
          </text>
        </g>
      ))}
      {title === undefined ? null : (
        <text className="cr-axis-title" x={2} y={top - 9} textAnchor="start">
          {title}
        </text>
      )}
    </g>
  );
}
