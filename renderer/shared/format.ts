import { decimalFigure, percentFigure } from '../../engine/model/index.ts';

/** A span of time for people: `850 ms`, `12.4 s`, `3 min 05 s`, `1 h 02 min`. */
export function formatSpan(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  if (ms < 999.5) return `${decimalFigure(ms, 0)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A running clock: `0:07`, `12:30`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const two = (value: number): string => String(value).padStart(2, '0');
  const rest = `${Math.floor((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest.padStart(5, '0')}`;
}

/** Bytes in binary units: `512 B`, `84.2 MiB`. */
export function formatMemory(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return '–';
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${decimalFigure(value, unit === 0 || value >= 100 ? 0 : 1)} ${units[unit]}`;
}

/** A share of one as per cent: `3.4 %`. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share)) return '–';
  const size = Math.abs(share);
  return `${percentFigure(share, size >= 0.1 || size === 0 ? 0 : 1)} %`;
}

/** A rate: `48 /s`, `0.3 /s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–';
  return `${decimalFigure(perSecond, perSecond >= 10 || perSecond === 0 ? 0 : 1)} /s`;
}

/** A response time: `0.82 ms`, `14 ms`, `1.2 s`; a dash for none. */
export function formatMs(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return '–';
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms >= 10_000 ? 0 : 1)} s`;
  return `${decimalFigure(ms, ms >= 100 ? 0 : ms >= 10 ? 1 : 2)} ms`;
}

/** A number in full, with commas between its thousands. */
export function formatExact(value: number): string {
  return value.toLocaleString('en-GB', { maximumSignificantDigits: 15 });
}

/** A kept value as the number that a field shows, of which one is `scale` of what is kept: 0.997 by 0.01 is 99.7. Nothing is rounded but the noise of dividing. */
export function shownIn(value: number, scale: number): number {
  const exact = value / scale;
  const short = Number(exact.toPrecision(12));
  return Math.abs(short * scale - value) <= 2 * Number.EPSILON * Math.abs(value) ? short : exact;
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

/** `1 round`, `3 rounds`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
