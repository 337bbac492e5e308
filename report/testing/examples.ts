import type { Result } from '../../engine/model/index.ts';
import { cancelledResult, quickResult, smokeResult, standardResult } from './result.ts';
import { stormResult } from './storm.ts';

/** A result of every kind there is to look at, by a short name. */
export const examples = {
  quick: quickResult,
  standard: standardResult,
  smoke: smokeResult,
  storm: stormResult,
  cancelled: cancelledResult,
} satisfies Record<string, () => Result>;
