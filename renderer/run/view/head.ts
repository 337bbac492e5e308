import type { LabEvent } from '../../../engine/model/index.ts';
import type { RunHead } from './run-view.ts';

/** What the run is and how it ended. */
export function applyHead(head: RunHead, events: readonly LabEvent[]): RunHead {
  if (events.length === 0) return head;
  const next: RunHead = { ...head };
  for (const event of events) {
    next.lastAtMs = Math.max(next.lastAtMs ?? event.atMs, event.atMs);
    switch (event.type) {
      case 'run-started':
        next.runId = event.runId;
        next.experiment = event.experiment;
        next.runtime = event.runtime;
        next.rounds = event.rounds;
        next.estimateMs = event.estimateMs;
        next.startedAtMs = event.atMs;
        break;
      case 'environment':
        next.environment = event.environment;
        break;
      case 'gate':
        next.gate = event.checks;
        break;
      case 'findings':
        next.known = { blocks: event.blocks, judged: event.judged, open: event.open, findings: event.findings };
        break;
      case 'cancelling':
        next.cancelling = event.text;
        break;
      case 'run-ended':
        next.end = { outcome: event.outcome, resultId: event.resultId, text: event.text, atMs: event.atMs };
        break;
      default:
        break;
    }
  }
  return next;
}
