/**
 * A share as per cent with so many decimals, without the sign: `99.9`. What is not nothing never reads as nothing, and what is not all of it
 * never as all: then it says on which side of the last figure that can be written it lies, `< 0.1` or `> 99.9`.
 */
export function percentFigure(share: number, decimals: number): string {
  const percent = share * 100;
  const text = Math.abs(percent) >= 1e21 ? BigInt(percent).toString() : percent.toFixed(decimals);
  const step = (10 ** -decimals).toFixed(decimals);
  if (Number(text) === 0) return share === 0 ? (0).toFixed(decimals) : share > 0 ? `< ${step}` : `> -${step}`;
  if (Number(text) === 100 && share !== 1)
    return share < 1 ? `> ${(100 - 10 ** -decimals).toFixed(decimals)}` : '> 100';
  return text;
}

/** A number with so many decimals, never in exponents; what is not zero never reads as zero. `3.5e21` is written out. */
export function decimalFigure(value: number, decimals: number): string {
  if (Math.abs(value) >= 1e21) return BigInt(value).toString();
  const text = value.toFixed(decimals);
  if (Number(text) !== 0 || value === 0) return value === 0 ? (0).toFixed(decimals) : text;
  const step = (10 ** -decimals).toFixed(decimals);
  return value > 0 ? `< ${step}` : `> -${step}`;
}
