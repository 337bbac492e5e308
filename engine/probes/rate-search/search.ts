/** What one step at a rate showed. */
export interface RateStep<T> {
  met: boolean;
  /** The generator could not offer the rate: higher rates cannot be judged. */
  generatorValid: boolean;
  value: T;
}

export interface RateSearch<T> {
  steps: { rate: number; step: RateStep<T> }[];
  /** Highest rate that met the objective; null when none did. */
  best: number | null;
  /** `bracketed`: between a rate that met it and one that did not; `generator`: the generator gave out first; `range`: the limits of the search came first. */
  bounded: 'bracketed' | 'generator' | 'range';
}

/**
 * Doubles the rate from `start` until the objective is missed (or halves it down to `start`/16 when the first step misses),
 * then bisects until the bracket is narrower than `precision` of its upper end. Every variant gets the same procedure.
 */
export async function searchRate<T>(
  limits: { start: number; max: number; precision: number },
  measure: (rate: number) => Promise<RateStep<T>>,
): Promise<RateSearch<T>> {
  const steps: RateSearch<T>['steps'] = [];
  const at = async (rate: number) => {
    const step = await measure(rate);
    steps.push({ rate, step });
    return step;
  };
  const bracket: { low: number | null; high: number | null } = { low: null, high: null };
  const judge = (rate: number, step: RateStep<T>): 'go on' | 'generator' => {
    if (step.met) bracket.low = rate;
    else if (step.generatorValid) bracket.high = rate;
    else return 'generator';
    return 'go on';
  };
  let rate = limits.start;
  while (bracket.low === null || bracket.high === null) {
    if (judge(rate, await at(rate)) === 'generator') return { steps, best: bracket.low, bounded: 'generator' };
    if (bracket.low === null) {
      if (rate <= limits.start / 16) return { steps, best: null, bounded: 'range' };
      rate /= 2;
    } else if (bracket.high === null) {
      if (rate >= limits.max) return { steps, best: bracket.low, bounded: 'range' };
      rate = Math.min(limits.max, rate * 2);
    }
  }
  while ((bracket.high - bracket.low) / bracket.high > limits.precision) {
    const middle: number = (bracket.low + bracket.high) / 2;
    if (judge(middle, await at(middle)) === 'generator') return { steps, best: bracket.low, bounded: 'generator' };
  }
  return { steps, best: bracket.low, bounded: 'bracketed' };
}
