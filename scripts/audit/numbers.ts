import type { Value } from './histogram.ts';

export const exactly = (value: number | null | undefined): Value | null =>
  value === null || value === undefined ? null : { value, atLeast: false };

export const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
