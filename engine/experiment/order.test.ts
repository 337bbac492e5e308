import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleavedOrder } from './order.ts';

const variants = fc.integer({ min: 1, max: 6 }).map((count) => ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, count));
const blocks = fc.integer({ min: 1, max: 20 });
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('interleavedOrder', () => {
  it('has every variant once a block, and the baseline twice with a replica', () => {
    fc.assert(
      fc.property(variants, blocks, seed, fc.boolean(), (names, count, source, replica) => {
        const order = interleavedOrder(names, count, source, { replica });
        expect(order).toHaveLength(count);
        for (const block of order) {
          const plain = block.filter((slot) => !slot.replica).map((slot) => slot.variant);
          expect(plain.toSorted()).toEqual(names);
          expect(block.filter((slot) => slot.replica).map((slot) => slot.variant)).toEqual(replica ? ['a'] : []);
        }
      }),
    );
  });

  it('puts the replica beside its baseline, and with two variants the baseline between both', () => {
    fc.assert(
      fc.property(variants, blocks, seed, (names, count, source) => {
        for (const block of interleavedOrder(names, count, source, { replica: true })) {
          const at = block.findIndex((slot) => slot.variant === 'a' && !slot.replica);
          const again = block.findIndex((slot) => slot.replica);
          expect(Math.abs(at - again)).toBe(1);
          if (names.length === 2) expect(at).toBe(1);
        }
      }),
    );
  });

  it('lets each of two variants go first equally often over an even number of blocks', () => {
    fc.assert(
      fc.property(blocks, seed, fc.boolean(), (half, source, replica) => {
        const order = interleavedOrder(['a', 'b'], half * 2, source, { replica });
        const before = order.filter((block) => {
          const names = block.filter((slot) => !slot.replica).map((slot) => slot.variant);
          return names[0] === 'a';
        });
        expect(before).toHaveLength(half);
      }),
    );
  });

  it('is the same for the same seed and differs between seeds', () => {
    const one = interleavedOrder(['a', 'b', 'c'], 10, 7);
    expect(interleavedOrder(['a', 'b', 'c'], 10, 7)).toEqual(one);
    expect(interleavedOrder(['a', 'b', 'c'], 10, 8)).not.toEqual(one);
  });

  it('gives each of three variants each place about as often', () => {
    const order = interleavedOrder(['a', 'b', 'c'], 600, 3);
    for (const place of [0, 1, 2]) {
      const times = order.filter((block) => block[place]?.variant === 'b').length;
      expect(times).toBeGreaterThan(150);
      expect(times).toBeLessThan(250);
    }
  });
});
