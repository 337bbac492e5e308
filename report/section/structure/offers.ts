import type { Result, StructuredModule } from '../../../engine/model/index.ts';
import { present } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf } from '../../data/variants.ts';

type Contract = NonNullable<StructuredModule['contract']>;

/** What one module offers to others. */
export interface Offer {
  module: string;
  title: string;
  operations: Contract;
}

/** What each module offers to others, the same in every cut; those of which it is known and that offer anything, in the manifest's order. */
export const offersOf = remember((result: Result): Offer[] => {
  const looked = variantsOf(result).flatMap((variant) =>
    present(variant.roundsOf('structure').map(({ structure }) => structure)),
  );
  return Object.entries(result.application.modules).flatMap(([module, { title }]) => {
    const [operations] = looked.flatMap(({ modules }) =>
      present(modules.map((one) => (one.module === module ? one.contract : undefined))),
    );
    return operations === undefined || operations.length === 0 ? [] : [{ module, title, operations }];
  });
});
