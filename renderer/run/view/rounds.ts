import type { LabEvent } from '../../../engine/model/index.ts';
import type { RoundView } from './run-view.ts';

/** The rounds in the order they started. */
export function applyRounds(rounds: readonly RoundView[], events: readonly LabEvent[]): readonly RoundView[] {
  if (
    !events.some(
      (event) => event.type === 'round-started' || event.type === 'round-ended' || event.type === 'run-ended',
    )
  )
    return rounds;
  const byId = new Map(rounds.map((round) => [round.id, round]));
  for (const event of events) {
    if (event.type === 'round-started') {
      const { roundId: id, block, position, variant, replica, attempt, atMs } = event;
      byId.set(id, {
        id,
        block,
        position,
        variant,
        replica,
        attempt,
        status: 'running',
        reasons: [],
        startedAtMs: atMs,
        durationMs: null,
      });
    } else if (event.type === 'round-ended') {
      const { id, block, position, variant, replica, attempt, status, reasons, startedAtMs, durationMs } = event.round;
      byId.set(id, { id, block, position, variant, replica, attempt, status, reasons, startedAtMs, durationMs });
    } else if (event.type === 'run-ended') {
      for (const round of byId.values()) {
        if (round.status !== 'running') continue;
        byId.set(round.id, { ...round, status: 'cancelled', durationMs: Math.max(0, event.atMs - round.startedAtMs) });
      }
    }
  }
  return [...byId.values()];
}
