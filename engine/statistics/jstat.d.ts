// jstat ships without types; only what this room uses is declared.
declare module 'jstat' {
  const jStat: {
    studentt: { inv(p: number, dof: number): number };
    normal: { inv(p: number, mean: number, std: number): number; cdf(x: number, mean: number, std: number): number };
    /** Regularised incomplete beta function I_x(a, b). */
    ibeta(x: number, a: number, b: number): number;
    /** Logarithm of the number of ways to choose m of n. */
    combinationln(n: number, m: number): number;
    /** Spearman's rank correlation; NaN where a side does not vary. */
    spearmancoeff(xs: readonly number[], ys: readonly number[]): number;
  };
  // CommonJS: Node sees nothing but the default.
  export default jStat;
}
