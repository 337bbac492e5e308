import {
  mayEndEarly as experimentMayEndEarly,
  shareDone,
  timeLeftMs,
  type EngineStatus,
  type PlannedRun,
  type RuntimeKind,
} from '../../../engine/model/index.ts';
import type { RoundView, RunView, StepView } from './run-view.ts';

const planOf = ({ experiment, ...head }: RunView['head']): PlannedRun => ({
  ...head,
  hasBudget: (experiment?.budgetMs ?? null) !== null,
});

/** Share of the run that is done, 0 to 1; it never falls, not even when the run ends early. */
export function progressOf({ head, rounds }: Pick<RunView, 'head' | 'rounds'>, nowMs: number): number {
  if (head.end?.outcome === 'completed') return 1;
  return shareDone(planOf(head), rounds, head.end?.atMs ?? nowMs);
}

/** Time left, ms, from the estimate corrected by the rounds that finished; null before it can be told, and of a run that is over. */
export function remainingMs({ head, rounds }: Pick<RunView, 'head' | 'rounds'>, nowMs: number): number | null {
  return head.end !== null || head.cancelling !== null ? null : timeLeftMs(planOf(head), rounds, nowMs);
}

/** Whether it may end before its last block. */
export const mayEndEarly = ({ experiment }: RunView['head']): boolean =>
  experiment !== null && experimentMayEndEarly(experiment);

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

/** That the engine under the run does not answer, and what comes of it; null while it does, and where none is needed. Pure. */
export function engineLost(runtime: RuntimeKind | null, engine: EngineStatus | null): string | null {
  if (runtime !== 'docker' || engine === null || engine.state === 'healthy' || engine.state === 'checking') return null;
  return `The container engine does not answer. ${engine.nextStep ?? 'Start it again.'} Without it the run ends soon; rounds that finished are kept.`;
}
