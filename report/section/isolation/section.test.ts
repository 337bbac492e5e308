import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupsOf } from './section.tsx';

test('groups of faults keep all, in order, at most three together', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 60 }), (items) => {
      const groups = groupsOf(items);
      expect(groups.flat()).toEqual(items);
      for (const group of groups) expect(group.length > 0 && group.length <= 3).toBe(true);
    }),
  );
});
