import type { RoundView, RunView, StepView } from './run-view.ts';

/** Places of the plan that have a round which ended, however well: what is measured again counts once. */
export function finishedRounds(rounds: readonly RoundView[]): number {
  const ended = rounds.filter(({ status }) => status !== 'running' && status !== 'failed' && status !== 'cancelled');
  return new Set(ended.map((round) => `${round.block}/${round.position}`)).size;
}

/** Share of the run that is done, 0 to 1: whole rounds, and the running one by its share of the estimate. */
export function progressOf(view: Pick<RunView, 'head' | 'rounds'>, nowMs: number): number {
  const { head, rounds } = view;
  if (head.end !== null)
    return head.end.outcome === 'completed' ? 1 : Math.min(1, finishedRounds(rounds) / Math.max(1, head.rounds));
  if (head.startedAtMs === null || head.rounds === 0) return 0;
  const running = rounds.find((round) => round.status === 'running');
  const perRoundMs = head.estimateMs / head.rounds;
  const part =
    running === undefined || perRoundMs <= 0
      ? 0
      : Math.min(0.95, Math.max(0, nowMs - running.startedAtMs) / perRoundMs);
  return Math.min(0.99, (finishedRounds(rounds) + part) / head.rounds);
}

/** Time left, ms, from the estimate corrected by the rounds that finished; null before it can be told. */
export function remainingMs(view: Pick<RunView, 'head' | 'rounds'>, nowMs: number): number | null {
  const { head, rounds } = view;
  if (head.end !== null || head.cancelling !== null || head.startedAtMs === null || head.rounds === 0) return null;
  const durations = rounds
    .filter((round) => round.status !== 'running' && round.attempt === 1)
    .map((round) => round.durationMs ?? 0);
  const perRoundMs =
    durations.length === 0
      ? head.estimateMs / head.rounds
      : durations.reduce((sum, one) => sum + one, 0) / durations.length;
  return Math.max(0, (1 - progressOf(view, nowMs)) * head.rounds * perRoundMs);
}

/** The innermost step that is still open; the last begun of several. */
export function currentStep(steps: readonly StepView[]): StepView | null {
  return (
    steps.findLast(
      (step) =>
        step.outcome === 'running' && !steps.some((other) => other.parentId === step.id && other.outcome === 'running'),
    ) ?? null
  );
}

/** The round at work, else the last one. */
export function currentRound(rounds: readonly RoundView[]): RoundView | null {
  return rounds.findLast((round) => round.status === 'running') ?? rounds.at(-1) ?? null;
}

/** What is happening now, as one sentence. */
export function sentenceOf(view: Pick<RunView, 'head' | 'rounds' | 'steps'>): string {
  const { head, rounds, steps } = view;
  if (head.end !== null) return head.end.text;
  if (head.cancelling !== null) return head.cancelling;
  const step = currentStep(steps);
  const round = rounds.findLast((one) => one.status === 'running');
  if (round === undefined) return step === null ? 'Getting ready.' : `${step.title}.`;
  const blocks = head.experiment?.blocks ?? round.block + 1;
  const who = round.replica ? `${round.variant} (second copy, to learn the noise)` : round.variant;
  const again = round.attempt > 1 ? `, attempt ${round.attempt}` : '';
  return `Block ${round.block + 1} of ${blocks}, ${who}${again}: ${step === null ? 'working' : step.title}.`;
}
