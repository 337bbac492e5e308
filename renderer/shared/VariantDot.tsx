import { variantMarker } from '../../report/index.ts';
import { useVariantColor } from './variant-style.ts';

/** The mark of a variant: its colour and, for those who do not see it, its shape. */
export function VariantDot({ index, size = 11 }: { index: number; size?: number }) {
  const color = useVariantColor()(index);
  const marker = variantMarker(Math.max(0, index));
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" aria-hidden="true" style={{ flex: 'none' }}>
      {shapeOf(marker, color)}
    </svg>
  );
}

function shapeOf(marker: ReturnType<typeof variantMarker>, color: string) {
  switch (marker) {
    case 'circle':
      return <circle cx="6" cy="6" r="5" fill={color} />;
    case 'square':
      return <rect x="1.500" y="1.500" width="9" height="9" fill={color} />;
    case 'triangle':
      return <path d="M6 1 11 10.500H1Z" fill={color} />;
    case 'diamond':
      return <path d="M6 .5 11.500 6 6 11.500.5 6Z" fill={color} />;
    case 'cross':
      return <path d="M2 2l8 8M10 2l-8 8" stroke={color} strokeWidth="2.500" />;
    case 'ring':
      return <circle cx="6" cy="6" r="4" fill="none" stroke={color} strokeWidth="2.500" />;
    case 'box':
      return <rect x="2" y="2" width="8" height="8" fill="none" stroke={color} strokeWidth="2.500" />;
    case 'bar':
      return <rect x="1" y="4" width="10" height="4" fill={color} />;
  }
}
