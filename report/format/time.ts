import { formatMs, type RunEstimate } from '../../engine/model/index.ts';

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

/** How long a step took: below a minute with three digits, `850 ms`, `12.4 s`, else as a span. */
export function formatTook(ms: number): string {
  return ms < 59_950 ? formatMs(Math.max(0, ms)) : formatSpan(ms);
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

/** A running clock: `0:07`, `12:30`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = `${Math.floor((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest.padStart(5, '0')}`;
}

/** Time of day with seconds, always the same width. */
export function formatTime(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A date near now in words: `today 14:02`, `yesterday 09:10`, else `3 Mar 2026, 14:02`. */
export function formatWhen(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '–';
  const time = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  if (date.getTime() >= midnight && date.getTime() < midnight + 86_400_000) return `today ${time}`;
  if (date.getTime() >= midnight - 86_400_000 && date.getTime() < midnight) return `yesterday ${time}`;
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })}, ${time}`;
}
