/** Twelve significant digits: more than was measured, fewer than the last bits in which two processors' logarithms may differ. */
export function digits(value: number): number {
  return Number(value.toPrecision(12));
}

export function digitsOrNull(value: number | null): number | null {
  return value === null ? null : digits(value);
}
