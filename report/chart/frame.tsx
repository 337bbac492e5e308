import type { ReactNode } from 'react';

interface ChartProps {
  /** What the chart shows; read aloud and shown as a tooltip. */
  title: string;
  width: number;
  height: number;
  children: ReactNode;
  className?: string;
}

/** A drawing that fills its column, with a title for those who cannot see it. */
export function Chart({ title, width, height, children, className = '' }: ChartProps) {
  return (
    <svg
      className={`cr-chart ${className}`}
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      style={{ width: '100%', height: 'auto' }}
    >
      <title>{title}</title>
      {children}
    </svg>
  );
}

/** Two decimals are enough for a screen and keep the file small. */
export function px(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A line through the points; a gap where a value is missing. */
export function linePath(points: readonly { x: number; y: number | null }[]): string {
  let path = '';
  let drawing = false;
  for (const { x, y } of points) {
    if (y === null) drawing = false;
    else {
      path += `${drawing ? 'L' : 'M'}${px(x)} ${px(y)}`;
      drawing = true;
    }
  }
  return path;
}
