import { faultLabel, type LabEvent } from '../../../engine/model/index.ts';
import type { FaultView } from './run-view.ts';

/** The faults that are being injected, active or being undone. An undone fault leaves the list. */
export function applyFaults(faults: readonly FaultView[], events: readonly LabEvent[]): readonly FaultView[] {
  let next = faults;
  for (const event of events) {
    if (event.type === 'run-ended') next = [];
    if (event.type !== 'fault') continue;
    const label = faultLabel(event.fault);
    const others = next.filter((one) => one.variant !== event.variant || faultLabel(one.fault) !== label);
    const { variant, unit, fault, phase, atMs } = event;
    next = phase === 'undone' ? others : [...others, { variant, unit, fault, phase, sinceMs: atMs }];
  }
  return next;
}
