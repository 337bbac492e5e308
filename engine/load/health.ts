import type { GeneratorHealth } from '../model/index.ts';

/** Bounds of the generator's check of itself; beyond one of them the generator, not the application, shaped the numbers. */
export const HEALTH_LIMITS = {
  /** Pacing lag, 99th percentile: the larger of these, ms and share of the median service time. */
  pacingLagMs: 1,
  pacingLagOfService: 0.05,
  loopUtilization: 0.8,
  offeredShare: 0.99,
  hiccupShare: 0.005,
};

export type HealthNumbers = Omit<GeneratorHealth, 'valid' | 'reasons'>;

/** Judges the generator by its own numbers; every reason is a sentence for a person. */
export function judgeHealth(numbers: HealthNumbers, serviceP50Ms: number): GeneratorHealth {
  const lagLimitMs = Math.max(HEALTH_LIMITS.pacingLagMs, HEALTH_LIMITS.pacingLagOfService * serviceP50Ms);
  const reasons: string[] = [];
  if (numbers.pacingLagP99Ms > lagLimitMs) {
    reasons.push(
      `Requests started late: pacing lag p99 ${ms(numbers.pacingLagP99Ms)}, at most ${ms(lagLimitMs)} is allowed.`,
    );
  }
  if (numbers.loopUtilization > HEALTH_LIMITS.loopUtilization) {
    reasons.push(
      `The generator was busy ${percent(numbers.loopUtilization)} of the time, at most ${percent(HEALTH_LIMITS.loopUtilization)} is allowed.`,
    );
  }
  if (numbers.offeredShare < HEALTH_LIMITS.offeredShare) {
    reasons.push(
      `Only ${percent(numbers.offeredShare)} of the planned journeys were started in time, at least ${percent(HEALTH_LIMITS.offeredShare)} are needed.`,
    );
  }
  if (numbers.hiccupShare > HEALTH_LIMITS.hiccupShare) {
    reasons.push(
      `The machine withheld the CPU for ${percent(numbers.hiccupShare)} of the time, at most ${percent(HEALTH_LIMITS.hiccupShare)} is allowed.`,
    );
  }
  return { ...numbers, valid: reasons.length === 0, reasons };
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
