import { DISTURBANCE_LIMITS, decimalFigure, percentFigure, type GeneratorHealth } from '../model/index.ts';

/** Bounds of the generator's check of itself. Beyond the first group the generator, not the application, shaped the numbers. */
export const HEALTH_LIMITS = {
  loopUtilization: 0.8,
  offeredShare: 0.99,
  /**
   * What late starts may add to the median or to p95, as a share of what was measured: the same for a fast and a slow application. It is known
   * and taken off; beyond this, the bunches in which late requests came have loaded the application otherwise than was planned.
   */
  pacingShiftOfPercentile: 0.2,
};

export type HealthNumbers = Omit<GeneratorHealth, 'valid' | 'saturated' | 'shifted' | 'reasons' | 'disturbances'>;

/** The application's own times, ms, that the generator's are held against. */
export interface MeasuredTimes {
  serviceP50Ms: number;
  responseP50Ms: number;
  responseP95Ms: number;
}

/** Judges the generator by its own numbers; every reason and disturbance is a sentence for a person. */
export function judgeHealth(numbers: HealthNumbers, times: MeasuredTimes): GeneratorHealth {
  const reasons: string[] = [];
  if (numbers.loopUtilization > HEALTH_LIMITS.loopUtilization) {
    reasons.push(
      `The generator was busy ${percent(numbers.loopUtilization, HEALTH_LIMITS.loopUtilization)} of the time, at most ${percent(HEALTH_LIMITS.loopUtilization)} is allowed.`,
    );
  }
  if (numbers.offeredShare < HEALTH_LIMITS.offeredShare) {
    reasons.push(
      `Only ${percent(numbers.offeredShare, HEALTH_LIMITS.offeredShare)} of the planned journeys were started in time, at least ${percent(HEALTH_LIMITS.offeredShare)} are needed.`,
    );
  }
  const saturated = reasons.length > 0;
  const shifted: GeneratorHealth['shifted'] = [];
  for (const [percentile, name, shiftMs, measuredMs] of [
    ['p50', 'median', numbers.pacingShiftP50Ms, times.responseP50Ms],
    ['p95', 'p95', numbers.pacingShiftP95Ms, times.responseP95Ms],
  ] as const) {
    const limitMs = HEALTH_LIMITS.pacingShiftOfPercentile * measuredMs;
    if (shiftMs <= limitMs) continue;
    shifted.push(percentile);
    reasons.push(
      `Requests started late, which added ${ms(shiftMs, limitMs)} to the ${name} response time; at most ${ms(limitMs)} is allowed.`,
    );
  }
  const valid = reasons.length === 0;
  return { ...numbers, valid, saturated, shifted, reasons, disturbances: disturbancesOf(numbers, times) };
}

function disturbancesOf(numbers: HealthNumbers, { serviceP50Ms }: MeasuredTimes): string[] {
  const disturbances: string[] = [];
  const lagLimitMs = Math.max(DISTURBANCE_LIMITS.pacingLagMs, DISTURBANCE_LIMITS.pacingLagOfService * serviceP50Ms);
  if (numbers.pacingLagP99Ms > lagLimitMs)
    disturbances.push(
      `one request in a hundred started ${ms(numbers.pacingLagP99Ms, lagLimitMs)} late or more (at most ${ms(lagLimitMs)})`,
    );
  if (numbers.hiccupShare > DISTURBANCE_LIMITS.withheldShare)
    disturbances.push(
      `the machine withheld the CPU for ${percent(numbers.hiccupShare, DISTURBANCE_LIMITS.withheldShare)} of the time (at most ${percent(DISTURBANCE_LIMITS.withheldShare)})`,
    );
  return disturbances;
}

/** A number beside its limit never reads as the limit does. */
const asWritten = (limit: number, decimals: number): number[] => (limit > 0 ? [Number(limit.toFixed(decimals))] : []);
const ms = (value: number, limitMs = 0): string => `${decimalFigure(value, 2, asWritten(limitMs, 2))} ms`;
const percent = (share: number, limit = 0): string => `${percentFigure(share, 1, asWritten(limit * 100, 1))} %`;
