import type { LabEvent } from '../../../engine/model/index.ts';
import { limits, type StepView } from './run-view.ts';

/** Opens and closes steps; when there are too many the oldest finished go first. */
export function applySteps(steps: readonly StepView[], events: readonly LabEvent[]): readonly StepView[] {
  if (
    !events.some((event) => event.type === 'step-started' || event.type === 'step-ended' || event.type === 'run-ended')
  )
    return steps;
  const byId = new Map(steps.map((step) => [step.id, step]));
  for (const event of events) {
    if (event.type === 'step-started') {
      const parent = event.parentId === null ? undefined : byId.get(event.parentId);
      byId.set(event.stepId, {
        id: event.stepId,
        parentId: event.parentId,
        roundId: event.roundId,
        title: event.title,
        depth: parent === undefined ? 0 : Math.min(parent.depth + 1, 6),
        startedAtMs: event.atMs,
        outcome: 'running',
        durationMs: null,
        detail: null,
      });
    } else if (event.type === 'step-ended') {
      const step = byId.get(event.stepId);
      if (step === undefined) continue;
      byId.set(step.id, { ...step, outcome: event.outcome, durationMs: event.durationMs, detail: event.detail });
    } else if (event.type === 'run-ended') {
      for (const step of byId.values()) {
        if (step.outcome !== 'running') continue;
        byId.set(step.id, { ...step, outcome: 'cancelled', durationMs: Math.max(0, event.atMs - step.startedAtMs) });
      }
    }
  }
  return thin([...byId.values()]);
}

function thin(steps: StepView[]): readonly StepView[] {
  let excess = steps.length - limits.steps;
  if (excess <= 0) return steps;
  return steps.filter((step) => {
    if (excess <= 0 || step.outcome === 'running') return true;
    excess -= 1;
    return false;
  });
}
