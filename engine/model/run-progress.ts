import type { LabEvent } from './event.ts';
import type { Experiment } from './experiment.ts';
import type { Round } from './result.ts';

/** One deployment of one variant, finished or not. */
export interface SeenRound {
  id: string;
  block: number;
  position: number;
  variant: string;
  replica: boolean;
  attempt: number;
  status: 'running' | Round['status'];
  reasons: string[];
  /** ms since the epoch. */
  startedAtMs: number;
  durationMs: number | null;
}

/** What progress is measured against. */
export interface PlannedRun {
  /** ms since the epoch; null before it began. */
  startedAtMs: number | null;
  /** Places of the plan: blocks times deployments of each. */
  rounds: number;
  estimateMs: number;
  /** Whether it ends when its time is over, if not before. */
  hasBudget: boolean;
}

/** Whether it may end before its last block. */
export const mayEndEarly = ({ looks, budgetMs }: Pick<Experiment, 'looks' | 'budgetMs'>): boolean =>
  looks !== null || budgetMs !== null;

const tellsOfRounds: ReadonlySet<LabEvent['type']> = new Set(['round-started', 'round-ended', 'run-ended'] as const);

/** The rounds in the order they started, after these events. */
export function seeRounds(rounds: readonly SeenRound[], events: readonly LabEvent[]): readonly SeenRound[] {
  if (!events.some(({ type }) => tellsOfRounds.has(type))) return rounds;
  const byId = new Map(rounds.map((round) => [round.id, round]));
  for (const event of events) {
    if (event.type === 'round-started') {
      const { roundId: id, block, position, variant, replica, attempt, atMs } = event;
      byId.set(id, {
        ...{ id, block, position, variant, replica, attempt },
        ...{ status: 'running', reasons: [], startedAtMs: atMs, durationMs: null },
      });
    } else if (event.type === 'round-ended') {
      const { id, block, position, variant, replica, attempt, status, reasons, startedAtMs, durationMs } = event.round;
      byId.set(id, { id, block, position, variant, replica, attempt, status, reasons, startedAtMs, durationMs });
    } else if (event.type === 'run-ended') {
      for (const round of byId.values())
        if (round.status === 'running')
          byId.set(round.id, {
            ...round,
            status: 'cancelled',
            durationMs: Math.max(0, event.atMs - round.startedAtMs),
          });
    }
  }
  return [...byId.values()];
}

const placeOf = ({ block, position }: SeenRound): string => `${block}/${position}`;
// What a cancel cut short was at work until then.
const isOver = ({ status }: SeenRound): boolean => status !== 'running' && status !== 'cancelled';

/** Places of the plan that have a round which was measured to its end, however well: disturbed counts, and what is measured again counts once. */
export function finishedRounds(rounds: readonly SeenRound[]): number {
  return new Set(rounds.filter((round) => isOver(round) && round.status !== 'failed').map(placeOf)).size;
}

/**
 * Share of the plan that is done, 0 to 1: places that are over, and those at work by their share of the estimate; of a run with a budget
 * the share of its time. It never falls while a run goes on: what is measured again adds nothing and takes nothing away. Pure.
 */
export function shareDone(run: PlannedRun, rounds: readonly SeenRound[], nowMs: number): number {
  if (run.startedAtMs === null || run.rounds === 0) return 0;
  const elapsedMs = Math.max(0, nowMs - run.startedAtMs);
  if (run.hasBudget) return Math.min(0.99, elapsedMs / Math.max(1, run.estimateMs));
  const perRoundMs = Math.max(1, run.estimateMs / run.rounds);
  const blocks = new Map<number, SeenRound[]>();
  for (const round of rounds) blocks.set(round.block, [...(blocks.get(round.block) ?? []), round]);
  const done = [...blocks.values()].reduce((sum, block) => sum + placesDone(block, perRoundMs, nowMs), 0);
  return Math.min(0.99, done / run.rounds);
}

/** How many places of a block are done; those at work count by the time since they, or the first of those that take turns with them, began. */
function placesDone(block: readonly SeenRound[], perRoundMs: number, nowMs: number): number {
  const over = new Set(block.filter(isOver).map(placeOf));
  const working = block.filter((round) => !isOver(round) && !over.has(placeOf(round)));
  if (working.length === 0) return over.size;
  const first = block.filter(({ attempt }) => attempt === 1);
  const inTurns = first.some((one) =>
    first.some((other) => other !== one && other.startedAtMs >= one.startedAtMs && other.startedAtMs < endOf(one)),
  );
  const sinceMs = nowMs - Math.min(...(inTurns ? first : working).map(({ startedAtMs }) => startedAtMs));
  const share = Math.max(0, sinceMs) / perRoundMs;
  const most = 0.95 * working.length;
  return inTurns ? Math.max(over.size, Math.min(over.size + most, share)) : over.size + Math.min(most, share);
}

const endOf = ({ startedAtMs, durationMs }: SeenRound): number =>
  durationMs === null ? Number.POSITIVE_INFINITY : startedAtMs + durationMs;

/** Time left, ms, from the estimate corrected by the places that are over; null before it can be told. Pure. */
export function timeLeftMs(run: PlannedRun, rounds: readonly SeenRound[], nowMs: number): number | null {
  if (run.startedAtMs === null || run.rounds === 0) return null;
  if (run.hasBudget) return Math.max(0, run.estimateMs - (nowMs - run.startedAtMs));
  const over = rounds.filter(isOver);
  const places = new Set(over.map(placeOf)).size;
  const spentMs = Math.max(...over.map(endOf)) - Math.min(...rounds.map(({ startedAtMs }) => startedAtMs));
  const perRoundMs = places === 0 ? run.estimateMs / run.rounds : Math.max(0, spentMs) / places;
  return Math.max(0, (1 - shareDone(run, rounds, nowMs)) * run.rounds * perRoundMs);
}
