import { variantInk } from '../colors.ts';

interface BarCellProps {
  index: number;
  value: number | null;
  /** Value that fills the bar. */
  most: number;
  text: string;
  /** Name of the quantity, where it is one that stands elsewhere too. */
  quantity?: string | undefined;
}

/** A figure with a bar behind it, for a table in which a row shares a scale. */
export function BarCell({ index, value, most, text, quantity }: BarCellProps) {
  const share = value === null || most <= 0 ? 0 : Math.min(1, Math.max(0, value / most));
  return (
    <span className="cr-bar-cell">
      <span data-quantity={quantity}>{text}</span>
      <span className="cr-bar" aria-hidden="true">
        <span style={{ width: `${(share * 100).toFixed(1)}%`, background: variantInk(index) }} />
      </span>
    </span>
  );
}
