/** An instant as `2026-03-14 09:30 UTC`, the same for every reader. */
export function formatInstant(instant: string | number): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return 'unknown time';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** How long something took, for people: `42 s`, `7 min 5 s`, `1 h 12 min`. */
export function formatSpan(ms: number): string {
  if (ms > 0 && ms < 500) return `< 1\u00a0s`;
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes}\u00a0min` : `${minutes}\u00a0min ${seconds % 60}\u00a0s`;
  return `${Math.floor(minutes / 60)}\u00a0h ${minutes % 60}\u00a0min`;
}
