const steps = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
] as const;

/** How long ago something was made, in the largest whole unit. Pure. */
export function ageInWords(atMs: number | null, nowMs: number): string {
  if (atMs === null) return 'of unknown age';
  for (const [lengthMs, name] of steps) {
    const count = Math.floor((nowMs - atMs) / lengthMs);
    if (count >= 1) return `${count} ${name}${count === 1 ? '' : 's'} old`;
  }
  return 'less than a minute old';
}
