import { seeRounds, type LabEvent } from '../../../engine/model/index.ts';
import { applyFaults } from './faults.ts';
import { applyHead } from './head.ts';
import { applyLogs } from './logs.ts';
import { applyMarks } from './marks.ts';
import { applyMessages } from './messages.ts';
import type { RunView } from './run-view.ts';
import { applySeries } from './series.ts';
import { applySteps } from './steps.ts';
import { applyUnits } from './units.ts';

/**
 * The view after a batch of events, in order. Pure; a part that no event touches keeps its identity, so that only
 * what changed is drawn again. Applying a list in batches gives the same view as applying it at once.
 */
export function applyEvents(view: RunView, events: readonly LabEvent[]): RunView {
  if (events.length === 0) return view;
  return {
    head: applyHead(view.head, events),
    steps: applySteps(view.steps, events),
    rounds: seeRounds(view.rounds, events),
    units: applyUnits(view.units, events),
    series: applySeries(view.series, events),
    logs: applyLogs(view.logs, events),
    faults: applyFaults(view.faults, events),
    marks: applyMarks(view.marks, events),
    messages: applyMessages(view.messages, events),
  };
}
