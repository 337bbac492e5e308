import type { Value } from './histogram.ts';

export const exactly = (value: number | null | undefined): Value | null =>
  value === null || value === undefined ? null : { value, atLeast: false };

/** The sum of what is known, and nothing where something is not. */
export const whole = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((one) => one !== null);
  return known.length < values.length ? null : sum(known);
};

export const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
