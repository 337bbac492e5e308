import { faultInWords, type LabEvent } from '../../../engine/model/index.ts';
import { appendBounded } from '../../shared/bounded.ts';
import { limits, type FaultMark } from './run-view.ts';

/** When faults took effect and ended, oldest first. */
export function applyMarks(marks: readonly FaultMark[], events: readonly LabEvent[]): readonly FaultMark[] {
  const added = events.flatMap((event): FaultMark[] => {
    if (event.type !== 'fault' || (event.phase !== 'active' && event.phase !== 'undone')) return [];
    const { atMs, variant, fault, phase } = event;
    return [{ atMs, variant, begins: phase === 'active', text: faultInWords(fault) }];
  });
  return appendBounded(marks, added, limits.marks);
}
