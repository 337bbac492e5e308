import { createRandom } from '../model/index.ts';

/** One place in the order: which variant is deployed, and whether it is the second copy of the baseline (A/A). */
export interface OrderSlot {
  variant: string;
  replica: boolean;
}

/**
 * The order of rounds: every block has each variant once, so that drift of the machine hits all alike.
 *
 * Two variants alternate, AB BA, which of the two comes first being drawn anew for every pair of blocks: over an even number of blocks each is
 * first equally often. More variants are shuffled in each block. With `replica` the first variant (the baseline) comes twice: with two variants it
 * stands in the middle (A'AB, BAA'), next to both whom it is compared with; otherwise right beside its copy, before and after it in turn.
 * The same arguments give the same order on every machine.
 */
export function interleavedOrder(
  variants: readonly string[],
  blocks: number,
  seed: number,
  options: { replica?: boolean } = {},
): OrderSlot[][] {
  const [baseline, ...others] = variants;
  if (baseline === undefined) return [];
  const random = createRandom(seed, 'order');
  const first = { variant: baseline, replica: false };
  const replica = { variant: baseline, replica: true };
  const rest = others.map((variant) => ({ variant, replica: false }));
  const order: OrderSlot[][] = [];
  let forwards = true;
  for (let block = 0; block < blocks; block += 1) {
    // A fresh draw opens each pair of blocks; the second of the pair runs the other way round.
    forwards = block % 2 === 0 ? random.next() < 0.5 : !forwards;
    const [only] = rest;
    if (rest.length <= 1) {
      const line = [...(options.replica ? [replica] : []), first, ...(only === undefined ? [] : [only])];
      order.push(forwards ? line : line.toReversed());
    } else {
      const pair = forwards ? [replica, first] : [first, replica];
      order.push(
        random.shuffle([first, ...rest]).flatMap((slot) => (slot === first && options.replica ? pair : [slot])),
      );
    }
  }
  return order;
}
