import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import {
  finishedRounds,
  mayEndEarly,
  seeRounds,
  shareDone,
  timeLeftMs,
  type LabEvent,
  type PlannedRun,
  type SeenRound,
} from '../../engine/model/index.ts';
import { formatRough, formatSpan } from '../../report/index.ts';
import type { Progress } from './index.ts';
import { loadInWords, narrator } from './words.ts';

const redrawMs = 100;

/** What has ended scrolls up; what goes on now stays in a few lines at the bottom. */
export function liveProgress(stream: NodeJS.WriteStream): Progress {
  const draw = createLogUpdate(stream);
  const linesFor = narrator();
  const open = new Map<string, { title: string; atMs: number; depth: number }>();
  let load = '';
  let run: PlannedRun & { mayEndEarly: boolean } = {
    ...{ startedAtMs: null, rounds: 0, estimateMs: 0, hasBudget: false, mayEndEarly: false },
  };
  let rounds: readonly SeenRound[] = [];
  const status = () => {
    const steps = [...open.values()].map(
      (step) => `${'  '.repeat(step.depth + 1)}${step.title} ${pc.dim(formatSpan(Date.now() - step.atMs))}`,
    );
    const head = run.startedAtMs === null ? '' : pc.bold(progressInWords(run, rounds, Date.now()));
    return [head, ...steps, load === '' ? '' : `    ${pc.cyan(load)}`].filter((line) => line !== '').join('\n');
  };
  const timer = setInterval(() => draw(status()), redrawMs);
  const note = (event: LabEvent) => {
    rounds = seeRounds(rounds, [event]);
    switch (event.type) {
      case 'run-started':
        run = {
          ...{ startedAtMs: event.atMs, rounds: event.rounds, estimateMs: event.estimateMs },
          ...{ hasBudget: event.experiment.budgetMs !== null, mayEndEarly: mayEndEarly(event.experiment) },
        };
        break;
      case 'step-started':
        open.set(event.stepId, { title: event.title, atMs: event.atMs, depth: event.parentId === null ? 0 : 1 });
        break;
      case 'step-ended':
        open.delete(event.stepId);
        load = '';
        break;
      case 'load':
        load = loadInWords(event);
        break;
      case 'run-ended':
        open.clear();
        break;
      case 'environment':
      case 'gate':
      case 'round-started':
      case 'round-ended':
      case 'unit-state':
      case 'log':
      case 'fault':
      case 'findings':
      case 'message':
      case 'cancelling':
        break;
    }
  };
  return {
    onEvent: (event) => {
      note(event);
      const lines = event.type === 'step-started' ? [] : linesFor(event);
      if (lines.length === 0) return;
      draw.clear();
      stream.write(`${lines.join('\n')}\n`);
      draw(status());
    },
    end: () => {
      clearInterval(timer);
      draw.clear();
      draw.done();
    },
  };
}

/** How far a run is: `14 %, 2 of at most 6 rounds done, at most 4 min left`. Pure. */
export function progressInWords(
  run: PlannedRun & { mayEndEarly: boolean },
  rounds: readonly SeenRound[],
  nowMs: number,
): string {
  const share = Math.floor(shareDone(run, rounds, nowMs) * 100);
  const left = timeLeftMs(run, rounds, nowMs);
  const bound = run.mayEndEarly ? 'at most ' : '';
  const time = left === null ? '' : `, ${run.mayEndEarly ? 'at most' : 'about'} ${formatRough(left)} left`;
  return `${share} %, ${finishedRounds(rounds)} of ${bound}${run.rounds} rounds done${time}`;
}
