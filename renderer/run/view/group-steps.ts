import type { RoundView, StepView } from './run-view.ts';

export interface StepGroup {
  key: string;
  round: RoundView | null;
  steps: StepView[];
}

/** Steps that follow each other in the same round, together. */
export function groupSteps(steps: readonly StepView[], rounds: readonly RoundView[]): StepGroup[] {
  const byId = new Map(rounds.map((round) => [round.id, round]));
  const groups: StepGroup[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const round = step.roundId === null ? null : (byId.get(step.roundId) ?? null);
    if (last !== undefined && last.round?.id === round?.id) last.steps.push(step);
    else groups.push({ key: step.id, round, steps: [step] });
  }
  return groups;
}
