import { variantInk } from '../colors.ts';
import { markerShape } from './marker-shape.ts';

interface MarkProps {
  index: number;
  x: number;
  y: number;
  size?: number;
  /** Drawn as an outline, for example where an objective was missed. */
  hollow?: boolean;
  title?: string;
}

/** The marker of a variant inside a chart: shape and colour by its index. */
export function Mark({ index, x, y, size = 4, hollow = false, title }: MarkProps) {
  const round = (value: number): number => Math.round(value * 100) / 100;
  const shape = markerShape(index, round(x), round(y), size);
  const open = hollow || shape.open;
  return (
    <path
      d={shape.path}
      fill={open ? 'var(--cr-paper)' : variantInk(index)}
      stroke={variantInk(index)}
      strokeWidth={open ? 1.6 : 0}
    >
      {title === undefined ? null : <title>{title}</title>}
    </path>
  );
}
