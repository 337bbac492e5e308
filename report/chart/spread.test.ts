import { expect, test } from 'vitest';
import { spread } from './spread.ts';

test('labels keep their distance', () => {
  const moved = spread([10, 11, 12, 80], 15).sort((one, other) => one - other);
  for (const [index, at] of moved.slice(1).entries()) expect(at - moved[index]!).toBeGreaterThan(14.5);
});
