import { decimalFigure } from '../figure.ts';

/** Rounding of times with fractions, ms. */
const toleranceMs = 1;

/** A length of time that is below nothing, in words; empty where it is possible or not known. */
export function negative(what: string, ms: number | null | undefined): string[] {
  const possible = ms === null || ms === undefined || ms >= -toleranceMs;
  return possible ? [] : [`impossible times: ${what} ${seconds(ms)}`];
}

/** What is said to have come before that which comes before it. */
export function disorder(whose: string, moments: readonly (readonly [string, number | null])[]): string[] {
  const known = moments.flatMap(([what, ms]) => (ms === null ? [] : [{ what, ms }]));
  return known.flatMap(({ what, ms }, index) => {
    const before = known[index - 1];
    return before === undefined || ms >= before.ms - toleranceMs
      ? []
      : [`impossible times: ${whose}: ${what} ${seconds(before.ms - ms)} before "${before.what}"`];
  });
}

export function seconds(ms: number): string {
  return `${decimalFigure(ms / 1000, 3)} s`;
}
