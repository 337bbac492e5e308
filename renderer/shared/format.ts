/** A kept value as the number that a field shows, of which one is `scale` of what is kept: 0.997 by 0.01 is 99.7. Nothing is rounded but the noise of dividing. */
export function shownIn(value: number, scale: number): number {
  const exact = value / scale;
  const short = Number(exact.toPrecision(12));
  return Math.abs(short * scale - value) <= 2 * Number.EPSILON * Math.abs(value) ? short : exact;
}
