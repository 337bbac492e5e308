import type { ExploreState } from './bridge.ts';
import type { Refusal } from './refusal.ts';

/** Why a module of the deployment in Explore is not asked right now, `times` times in a row; null where it can be. Pure. */
export function askRefusal(
  { phase, faults, replacement, release }: Pick<ExploreState, 'phase' | 'faults' | 'replacement' | 'release'>,
  times: number,
): Refusal | null {
  switch (phase) {
    case 'idle':
    case 'failed':
      return {
        message: 'No cut runs, so there is nobody to ask.',
        nextStep: 'Start one in Explore.',
      };
    case 'starting':
      return { message: 'The cut is still being started.', nextStep: 'Wait until it stands.' };
    case 'stopping':
      return { message: 'The cut is being stopped.', nextStep: 'Start one in Explore again.' };
    case 'running':
      break;
    default:
      return phase satisfies never;
  }
  if (times === 1) return null;
  if (faults.length > 0)
    return {
      message: 'Something is broken, and times would say more of that than of the cut.',
      nextStep: 'Undo it in Explore, or ask once.',
    };
  if (replacement?.end === null || release?.end === null)
    return {
      message: 'Units are being replaced, and times would say more of that than of the cut.',
      nextStep: 'Wait until that has ended, or ask once.',
    };
  return null;
}
