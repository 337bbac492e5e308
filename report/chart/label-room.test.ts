import { expect, it } from 'vitest';
import { labelRoom } from './label-room.ts';

it('leaves room for the longest label, and never less than usual', () => {
  expect(labelRoom(['Home page', 'x'.repeat(40)], { least: 136, beside: 28 })).toBeGreaterThan(28 + 40 * 6.5);
  expect(labelRoom(['Home page'], { least: 136, beside: 28 })).toBe(136);
  expect(labelRoom([], { least: 136, beside: 28 })).toBe(136);
});
