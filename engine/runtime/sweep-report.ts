import { belonging } from './leases.ts';
import type { SweepOptions, SweepReport } from './types.ts';

export function emptyReport(): SweepReport {
  return { removed: [], kept: [], unknown: [], failed: [] };
}

export function joinReports(reports: readonly SweepReport[]): SweepReport {
  return {
    removed: reports.flatMap(({ removed }) => removed),
    kept: reports.flatMap(({ kept }) => kept),
    unknown: reports.flatMap(({ unknown }) => unknown),
    failed: reports.flatMap(({ failed }) => failed),
  };
}

/** Something that a sweep found. */
export interface Found {
  key: string;
  title: string;
  createdMs: number | null;
  owner: string;
  lease: string;
  /** Said of it when it stays because its owner lives. */
  why?: string;
}

/** Whether it is to be removed; what stays is noted in the report. */
export async function mayGo(thing: Found, report: SweepReport, options: SweepOptions): Promise<boolean> {
  const { key, title, createdMs } = thing;
  const state = await belonging(thing);
  switch (state) {
    case 'left':
      return true;
    case 'held':
      report.kept.push(thing.why === undefined ? title : `${title}: ${thing.why}`);
      return false;
    case 'unknown':
      if (options.alsoRemove?.has(key) === true) return true;
      report.unknown.push({ key, title, createdMs });
      return false;
    default:
      return state satisfies never;
  }
}
