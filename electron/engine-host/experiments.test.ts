import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeName, isCopyOf } from './experiments.ts';

test('freeName is a name, not taken and never too long', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/);
  fc.assert(
    fc.property(name, fc.array(name), fc.nat(5), (wanted, others, copies) => {
      const taken = new Set(others);
      for (let copy = 0; copy < copies; copy += 1) taken.add(freeName(wanted, taken));
      const free = freeName(wanted, taken);
      expect(taken.has(free)).toBe(false);
      expect(isCopyOf(free, wanted)).toBe(true);
      expect(free).toMatch(/^[a-z][a-z0-9-]{0,39}$/);
    }),
  );
});
