import { variantMarker } from '../colors.ts';

/** A marker as a path, and whether it is drawn as an outline. */
export interface MarkerShape {
  path: string;
  open: boolean;
}

/** The marker of the variant at `index` round a point, about `r` to each side: the one drawing of it, in documents and in the window. */
export function markerShape(index: number, x: number, y: number, r: number): MarkerShape {
  const marker = variantMarker(index);
  return { path: outline(marker, x, y, r), open: marker === 'ring' || marker === 'box' };
}

function outline(marker: ReturnType<typeof variantMarker>, x: number, y: number, r: number): string {
  switch (marker) {
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
