/** Shares that a surplus may have, from little more than a few in a hundred to nearly always. */
const alternatives = [0.05, 0.1, 0.2, 0.4, 0.8, 0.99];
/** Beyond it e to this power is no number any more. */
const largestLog = 700;

/**
 * Evidence, as a factor, that more than the share `allowed` (0 to 1) goes bad, from `bad` of `asked`: the mean of the likelihood ratios of higher shares. While no more goes bad, the
 * chance that it ever reaches 1/alpha is at most alpha, however often one looks (Ville 1939; the likelihood ratio is Wald's of 1945, its mixture Robbins' of 1970). Pure.
 */
export function evidenceOfSurplus({ bad, asked }: { bad: number; asked: number }, allowed: number): number {
  const higher = alternatives.filter((share) => share > allowed);
  if (higher.length === 0 || asked === 0) return 1;
  const logs = higher.map(
    (share) => bad * Math.log(share / allowed) + (asked - bad) * Math.log((1 - share) / (1 - allowed)),
  );
  return logs.reduce((sum, log) => sum + Math.exp(Math.min(log, largestLog)), 0) / higher.length;
}
