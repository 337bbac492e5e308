import { markerShape } from '../../report/index.ts';
import { useVariantColor } from './variant-style.ts';

/** The mark of a variant: its colour and, for those who do not see it, its shape. */
export function VariantDot({ index, size = 11 }: { index: number; size?: number }) {
  const color = useVariantColor()(index);
  const { path, open } = markerShape(Math.max(0, index), 6, 6, 4);
  return (
    <svg width={size} height={size} viewBox="1 1 10 10" aria-hidden="true" style={{ flex: 'none' }}>
      <path d={path} fill={open ? 'none' : color} stroke={color} strokeWidth={open ? 1.6 : 0} />
    </svg>
  );
}
