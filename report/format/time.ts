import type { RunEstimate } from '../../engine/model/index.ts';

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

/** How long something will take, in round steps: `40 s`, `6 min`, `1 h 20 min`. */
export function formatRough(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  if (ms < 55_000) return `${Math.max(5, Math.ceil(ms / 5000) * 5)}\u00a0s`;
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60}\u00a0h` : `${Math.floor(minutes / 60)}\u00a0h ${rest}\u00a0min`;
}

/** How long a run will take: `about 6 min`, `4 min to 6 min`, `at most 6 min` where it may end early. */
export function formatEstimate({ lowMs, highMs, atMost }: Pick<RunEstimate, 'lowMs' | 'highMs' | 'atMost'>): string {
  const [low, high] = [formatRough(lowMs), formatRough(highMs)];
  if (atMost) return `at most ${high}`;
  return low === high ? `about ${high}` : `${low} to ${high}`;
}
