/** What came of holding numbers against each other. */
export interface Tally {
  agree: number;
  /** One sentence a number that differs. */
  differ: string[];
  /** What was not audited, and why. */
  open: string[];
}

export function newTally(): Tally {
  return { agree: 0, differ: [], open: [] };
}

export type Stated = string | number | boolean | null | undefined;

/** How far numbers may differ, as a share of their size. */
export const EXACT = 1e-9;
/** The same for what rests on a quantile or tail of Student's t or of the beta distribution: what the definitions promise of those. */
export const BY_DISTRIBUTION = 1e-7;

/** What is nothing on one side may be the last bits of a difference on the other. */
function isSame(stated: Stated, found: Stated, tolerance: number, of: number): boolean {
  if (typeof stated !== 'number' || typeof found !== 'number') return (stated ?? null) === (found ?? null);
  const size = Math.max(of, Math.abs(stated), Math.abs(found));
  return stated === found || Math.abs(stated - found) <= Math.max(tolerance * size, 1e-11);
}

/** Counts one number (or word), or says how it differs. `size`: what it was computed from, where that is larger than itself. */
export function hold(tally: Tally, name: string, stated: Stated, found: Stated, tolerance = EXACT, size = 0): void {
  if (isSame(stated, found, tolerance, size)) tally.agree += 1;
  else
    tally.differ.push(
      `${name}: the result says ${String(stated ?? 'nothing')}, the audit finds ${String(found ?? 'nothing')}`,
    );
}
