import type { Result } from '../../engine/model/index.ts';
import { quantityKey, quantityText, seriesIn, type Scope } from '../data/quantity.ts';

interface QuantityProps {
  result: Result;
  metric: string;
  variant: string;
  scope?: Scope;
  /** What stands where there is no value. */
  none?: string;
}

/** A measured quantity of one variant, the same figure wherever it stands; it carries its name for whoever compares. */
export function Quantity({ result, metric, variant, scope = {}, none = 'none' }: QuantityProps) {
  return (
    <span data-quantity={quantityKey(metric, scope, variant)}>
      {quantityText(seriesIn(result, variant, metric, scope), none)}
    </span>
  );
}
