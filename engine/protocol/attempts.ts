import { NotAsked, NotMet } from './requirement.ts';

/** A machine that does other things, too, is looked at so many times. */
const usualLooks = 5;

export interface Measured {
  isWithin: boolean;
  found: string;
  /** Nothing is certain of it, since the machine had too much else to do. */
  isUncertain?: boolean;
}

/** Measures until what is found is certain and within bounds, and says what was. Throws NotMet with the last that was certain, and NotAsked where none was. */
export async function untilWithin(
  { looks = usualLooks }: { looks?: number },
  asked: string,
  expected: string,
  measure: () => Promise<Measured>,
): Promise<string> {
  let certain: string | undefined;
  let last = 'nothing';
  for (let look = 0; look < looks; look++) {
    const { isWithin, found, isUncertain = false } = await measure();
    last = found;
    if (isUncertain) continue;
    if (isWithin) return found;
    certain = found;
  }
  if (certain === undefined) throw new NotAsked(`the machine has too much else to do to tell: ${last}`);
  throw new NotMet(asked, expected, certain);
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
