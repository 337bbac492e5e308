import type { RoundView, RunView, StepView } from './run-view.ts';

/** Places of the plan that have a round which ended, however well: what is measured again counts once. */
export function finishedRounds(rounds: readonly RoundView[]): number {
  const ended = rounds.filter(({ status }) => status !== 'running' && status !== 'failed' && status !== 'cancelled');
  return new Set(ended.map((round) => `${round.block}/${round.position}`)).size;
}

/** Share of the run that is done, 0 to 1: whole rounds, and those running by their share of the estimate; of a run with a budget the share of its time. */
export function progressOf(view: Pick<RunView, 'head' | 'rounds'>, nowMs: number): number {
  const { head, rounds } = view;
  if (head.end !== null)
    return head.end.outcome === 'completed' ? 1 : Math.min(1, finishedRounds(rounds) / Math.max(1, head.rounds));
  if (head.startedAtMs === null || head.rounds === 0) return 0;
  if (hasBudget(head)) return Math.min(0.99, Math.max(0, nowMs - head.startedAtMs) / Math.max(1, head.estimateMs));
  const running = rounds.filter((round) => round.status === 'running');
  const perRoundMs = head.estimateMs / head.rounds;
  // Rounds that take turns share the time since the first of them began.
  const sinceMs = Math.max(0, nowMs - Math.min(...running.map(({ startedAtMs }) => startedAtMs)));
  const part = running.length === 0 || perRoundMs <= 0 ? 0 : Math.min(0.95 * running.length, sinceMs / perRoundMs);
  return Math.min(0.99, (finishedRounds(rounds) + part) / head.rounds);
}

/** Time left, ms, from the estimate corrected by the rounds that finished; null before it can be told. */
export function remainingMs(view: Pick<RunView, 'head' | 'rounds'>, nowMs: number): number | null {
  const { head, rounds } = view;
  if (head.end !== null || head.cancelling !== null || head.startedAtMs === null || head.rounds === 0) return null;
  if (hasBudget(head)) return Math.max(0, head.estimateMs - (nowMs - head.startedAtMs));
  const durations = rounds
    .filter((round) => round.status !== 'running' && round.attempt === 1)
    .map((round) => round.durationMs ?? 0);
  const perRoundMs =
    durations.length === 0
      ? head.estimateMs / head.rounds
      : durations.reduce((sum, one) => sum + one, 0) / durations.length;
  return Math.max(0, (1 - progressOf(view, nowMs)) * head.rounds * perRoundMs);
}

/** Whether it ends when its time is over, if not before. */
const hasBudget = ({ experiment }: RunView['head']): boolean => (experiment?.budgetMs ?? null) !== null;

/** Whether it may end before its last block. */
export const mayEndEarly = ({ experiment }: RunView['head']): boolean =>
  (experiment?.looks ?? null) !== null || (experiment?.budgetMs ?? null) !== null;

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
  const running = rounds.filter((one) => one.status === 'running');
  const round = running.at(-1);
  if (round === undefined) return step === null ? 'Getting ready.' : `${step.title}.`;
  const blocks = `${mayEndEarly(head) ? 'at most ' : ''}${head.experiment?.blocks ?? round.block + 1}`;
  if (running.length > 1)
    return `Block ${round.block + 1} of ${blocks}, ${running.length} deployments in turn: ${step === null ? 'working' : step.title}.`;
  const who = round.replica ? `${round.variant} (second copy, to learn the noise)` : round.variant;
  const again = round.attempt > 1 ? `, attempt ${round.attempt}` : '';
  return `Block ${round.block + 1} of ${blocks}, ${who}${again}: ${step === null ? 'working' : step.title}.`;
}
