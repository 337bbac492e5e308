import { variantInk, variantMarker } from '../colors.ts';

interface MarkProps {
  index: number;
  x: number;
  y: number;
  size?: number;
  /** Drawn as an outline, for example where an objective was missed. */
  hollow?: boolean;
  title?: string;
}

function outline(index: number, x: number, y: number, r: number) {
  switch (variantMarker(index)) {
    case 'circle':
    case 'ring':
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    case 'square':
    case 'box':
      return `M${x - r * 0.9} ${y - r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}Z`;
    case 'triangle':
      return `M${x} ${y - r * 1.15}L${x + r * 1.1} ${y + r * 0.85}H${x - r * 1.1}Z`;
    case 'diamond':
      return `M${x} ${y - r * 1.25}L${x + r * 1.15} ${y}L${x} ${y + r * 1.25}L${x - r * 1.15} ${y}Z`;
    case 'cross':
      return `M${x - r} ${y - r * 0.4}h${r * 0.6}v${-r * 0.6}h${r * 0.8}v${r * 0.6}h${r * 0.6}v${r * 0.8}h${-r * 0.6}v${r * 0.6}h${-r * 0.8}v${-r * 0.6}h${-r * 0.6}Z`;
    case 'bar':
      return `M${x - r * 0.4} ${y - r}h${r * 0.8}v${r * 2}h${-r * 0.8}Z`;
  }
}

/** The marker of a variant inside a chart: shape and colour by its index. */
export function Mark({ index, x, y, size = 4, hollow = false, title }: MarkProps) {
  const open = hollow || variantMarker(index) === 'ring' || variantMarker(index) === 'box';
  const round = (value: number): number => Math.round(value * 100) / 100;
  return (
    <path
      d={outline(index, round(x), round(y), size)}
      fill={open ? 'var(--cr-paper)' : variantInk(index)}
      stroke={variantInk(index)}
      strokeWidth={open ? 1.6 : 0}
    >
      {title === undefined ? null : <title>{title}</title>}
    </path>
  );
}
