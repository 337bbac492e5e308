import { faultLabel } from '../../fault-label.ts';
import type { StormSettings } from './settings.ts';

/** A short stable label of a storm, for example `retry storm 3 x with slow(payments, +400 ms)`. */
export function stormLabel({ fault, spikeFactor }: Pick<StormSettings, 'fault' | 'spikeFactor'>): string {
  return `retry storm ${spikeFactor} x with ${faultLabel(fault)}`;
}
