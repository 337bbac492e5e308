import { own, type Part, type Result, type Round } from '../../engine/model/index.ts';
import { present } from './numbers.ts';
import { evaluated } from './quantity.ts';

/** A variant as the report shows it; `index` decides its colour, marker and line everywhere. */
export interface VariantView {
  index: number;
  name: string;
  title: string;
  units: number;
  baseline: boolean;
  /** The rounds that stand for the variant in a part, one a block; not those of the second copy of the baseline. */
  roundsOf: (part: Part) => Round[];
}

/** The variants in the order of the experiment; the first is the baseline. */
export function variantsOf(result: Result): VariantView[] {
  const { variants } = evaluated(result);
  return result.experiment.variants.map((variant, index) => ({
    index,
    name: variant.name,
    title: variant.title ?? variant.name,
    units: variant.topology.units.length,
    baseline: index === 0,
    roundsOf: (part) => present(variants[index]?.roundsOf(part) ?? []),
  }));
}

/** Index of the variant of that name, 0 when there is none. */
export function variantIndex(result: Result, name: string): number {
  return Math.max(
    0,
    result.experiment.variants.findIndex((variant) => variant.name === name),
  );
}

/** Title of the variant of that name. */
export function variantTitle(result: Result, name: string): string {
  return result.experiment.variants.find((variant) => variant.name === name)?.title ?? name;
}

/** Title of an endpoint of the application. */
export function endpointTitle(result: Result, name: string): string {
  return own(result.application.endpoints, name)?.title ?? name;
}
