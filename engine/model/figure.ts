/*
 * Figures for people. Some numbers mean more than a number: 0 is none, 100 % all, 1 x the same. What is not quite that must never be rounded to
 * it; then the figure says on which side of it the number lies: `< 0.1`, `> 99.9`.
 */

/** What stands where there is no number to write. */
const notANumber = 'not a number';

/** Rounded to so many decimals, never in exponents. */
function rounded(value: number, decimals: number): string {
  return Math.abs(value) >= 1e21 ? BigInt(value).toString() : value.toFixed(decimals);
}

/** Whether the text reads as a number that means more than a number, though the value is not it. */
function reads(text: string, value: number, meaning: readonly number[]): number | undefined {
  const read = Math.abs(Number(text));
  return [0, ...meaning].find((one) => one === read && one !== Math.abs(value));
}

/**
 * A number with so many decimals, never in exponents. Where rounding would make it 0 or one of the numbers in `meaning`, which it is not, it says on
 * which side of that number it lies. `meaning`: numbers above 0, which hold below 0 as well.
 */
export function decimalFigure(value: number, decimals: number, meaning: readonly number[] = []): string {
  if (!Number.isFinite(value)) return notANumber;
  const text = rounded(value, decimals);
  const wrong = reads(text, value, meaning);
  if (wrong === undefined) return Number(text) === 0 ? rounded(0, decimals) : text;
  const size = Math.abs(value);
  const step = 10 ** -decimals;
  const [side, bound] =
    wrong === 0
      ? ['<', step.toFixed(decimals)]
      : size < wrong
        ? ['>', (wrong - step).toFixed(decimals)]
        : ['>', String(wrong)];
  return value > 0 ? `${side} ${bound}` : `${side === '<' ? '>' : '<'} -${bound}`;
}

/** A share as per cent with so many decimals, without the sign: `99.9`. Only nothing reads 0, and only all of it 100; `meaning`, in per cent, as there. */
export function percentFigure(share: number, decimals: number, meaning: readonly number[] = []): string {
  const percent = share * 100;
  if (Number.isFinite(share) && !Number.isFinite(percent)) return `${BigInt(share) * 100n}`;
  // Multiplying may round the last bit up to 100.
  const nearest = percent === 100 && share !== 1 ? 100 * (1 - Number.EPSILON) : percent;
  return decimalFigure(nearest, decimals, [100, ...meaning]);
}

/**
 * A number with so many significant digits and at most so many decimals, with more of them where it would otherwise read as one of the numbers in
 * `meaning`: 1.0004 with three digits is `1.0004` where 1 has a meaning of its own.
 */
export function significantFigure(
  value: number,
  digits: number,
  { meaning = [], mostDecimals = 8 }: { meaning?: readonly number[]; mostDecimals?: number } = {},
): string {
  if (!Number.isFinite(value)) return notANumber;
  if (value === 0) return '0';
  const precise = Number(value.toPrecision(digits));
  const short = Number.isFinite(precise) ? precise : value;
  const decimals = Math.min(mostDecimals, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(short)))));
  if (reads(rounded(short, decimals), value, meaning) === undefined) return decimalFigure(short, decimals, meaning);
  const most = Math.min(mostDecimals, decimals + 4);
  for (let more = decimals + 1; more <= most; more += 1) {
    const text = rounded(value, more);
    if (reads(text, value, meaning) === undefined) return text;
  }
  return decimalFigure(value, Math.max(decimals, most), meaning);
}

/** A written figure with its sign also where it is above 0: `+2`, `< +0.1`. */
export function signedFigure(figure: string, value: number): string {
  return value > 0 ? figure.replace(/^([<>] )?/, '$1+') : figure;
}
