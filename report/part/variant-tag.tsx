import { variantInk } from '../colors.ts';
import { Mark } from './marker.tsx';

/** The name of a variant with its marker and colour. */
export function VariantTag({ index, title }: { index: number; title: string }) {
  return (
    <span className="cr-variant">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <Mark index={index} x={6} y={6} />
      </svg>
      <span style={{ color: variantInk(index) }}>{title}</span>
    </span>
  );
}

/** The variants of a chart, side by side. */
export function VariantLegend({ variants }: { variants: readonly { index: number; title: string }[] }) {
  return (
    <p className="cr-legend">
      {variants.map((variant) => (
        <VariantTag key={variant.index} index={variant.index} title={variant.title} />
      ))}
    </p>
  );
}
