import { createRandom, type LoadPlan } from '../model/index.ts';

/** The part of a plan that decides when journeys arrive. */
export type ArrivalPlan = Pick<LoadPlan, 'stages' | 'arrivals' | 'seed'>;

/** Length of all stages together, ms. */
export function planDurationMs(plan: Pick<LoadPlan, 'stages'>): number {
  return plan.stages.reduce((sum, stage) => sum + stage.durationMs, 0);
}

/**
 * The instants at which journeys arrive, ms after the start, ever later; Infinity once the plan is over. Nothing but the plan
 * decides them. A Poisson process of changing rate is one of rate 1 in the integral of the rate (time change), so a gap that
 * reaches over the end of a stage is stretched by the next stage's rate; constant spacing walks the same integral in steps of 1,
 * from one half.
 */
export function arrivalTimes(plan: ArrivalPlan): () => number {
  const random = createRandom(plan.seed, 'arrivals');
  const poisson = plan.arrivals === 'poisson';
  let stageIndex = 0;
  let stageEndMs = plan.stages[0]?.durationMs ?? 0;
  let atMs = 0;
  let first = true;

  return function next() {
    let remaining = poisson ? random.exponential() : first ? 0.5 : 1;
    first = false;
    for (;;) {
      const stage = plan.stages[stageIndex];
      if (stage === undefined) return Number.POSITIVE_INFINITY;
      const perMs = stage.journeysPerSecond / 1000;
      const left = (stageEndMs - atMs) * perMs;
      if (remaining < left) {
        atMs += remaining / perMs;
        return atMs;
      }
      remaining -= left;
      atMs = stageEndMs;
      stageIndex++;
      stageEndMs += plan.stages[stageIndex]?.durationMs ?? 0;
    }
  };
}

/** Steps of this size round a circle leave no gap much longer than others, however many they are (Weyl 1916; of all steps it does so best). */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/**
 * The numbers in [0, 1) by which journeys are chosen, from the seed alone: independent draws where arrivals are a Poisson process. Where they are evenly spaced the journeys
 * are, too: each kind comes again after about as many others as its weight says, so that a second has as many of each as any other second.
 */
export function journeyChoices(plan: ArrivalPlan): () => number {
  const random = createRandom(plan.seed, 'choices');
  if (plan.arrivals === 'poisson') return () => random.next();
  let at = random.next();
  return () => {
    at = (at + goldenRatio) % 1;
    return at;
  };
}
