import { z } from 'zod';
import type { Random } from './random.ts';

/** Half of a surrogate pair has no UTF-8: no request can carry it. */
const wellFormed = z
  .string()
  .refine((text) => text.isWellFormed(), 'must be well-formed Unicode, without half a surrogate pair');

/** How a value is drawn for a variable; seeded, so every variant gets the same values. */
export const drawSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('uuid') }),
  z
    .strictObject({ kind: z.literal('integer'), min: z.number().int(), max: z.number().int() })
    .refine(({ min, max }) => min <= max, { path: ['max'], message: 'must not be below "min"' }),
  z.strictObject({
    kind: z.literal('choice'),
    values: z
      .array(z.union([wellFormed, z.number()]))
      .min(1)
      .max(1000),
  }),
]);
export type Draw = z.infer<typeof drawSchema>;
export type DrawnValue = string | number;

/** One value; identities from a stream of their own, so that two loads of one deployment can have the same values and never the same identity. */
export function drawValue(draw: Draw, streams: { values: Random; identities: Random }): DrawnValue {
  switch (draw.kind) {
    case 'uuid':
      return streams.identities.uuid();
    case 'integer':
      return streams.values.integer(draw.min, draw.max);
    case 'choice':
      return draw.values[streams.values.integer(0, draw.values.length - 1)] ?? '';
    default:
      return draw satisfies never;
  }
}

/** A draw picks from at most so many integers: beyond, not every one could be picked. */
const widestDraw = 2 ** 53;

/** What keeps a draw from giving values that get into a request as they are; `field`: where in it. Null where nothing does. */
export function drawProblem(draw: Draw): { field: string; problem: string } | null {
  if (draw.kind === 'integer' && draw.max - draw.min >= widestDraw)
    return { field: '', problem: 'must span at most 2^53 integers' };
  const wrong = draw.kind === 'choice' ? draw.values.findIndex((value) => !canBeSent(value)) : -1;
  if (wrong < 0) return null;
  return {
    field: `.values.${wrong}`,
    problem: 'must be text without control characters, or a number that keeps all its digits (up to 2^53)',
  };
}

/** Whether a drawn value gets into a path, header or body as it is. */
function canBeSent(value: DrawnValue): boolean {
  return typeof value === 'string' ? !/\p{Cc}/u.test(value) : Number.isFinite(value) && Math.abs(value) <= 2 ** 53;
}
