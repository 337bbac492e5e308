import { createLogUpdate } from 'log-update';
import pc from 'picocolors';
import type { LabEvent } from '../../engine/model/index.ts';
import { formatSpan } from '../../report/index.ts';
import type { Progress } from './index.ts';
import { loadInWords, narrator } from './words.ts';

const redrawMs = 100;

/** What has ended scrolls up; what goes on now stays in a few lines at the bottom. */
export function liveProgress(stream: NodeJS.WriteStream): Progress {
  const draw = createLogUpdate(stream);
  const linesFor = narrator();
  const open = new Map<string, { title: string; atMs: number; depth: number }>();
  let load = '';
  let rounds = { done: 0, all: 0, mayEndEarly: false };
  let endsAtMs = Date.now();
  const status = () => {
    const left = Math.max(0, endsAtMs - Date.now());
    const steps = [...open.values()].map(
      (step) => `${'  '.repeat(step.depth + 1)}${step.title} ${pc.dim(formatSpan(Date.now() - step.atMs))}`,
    );
    const head =
      rounds.all === 0
        ? ''
        : pc.bold(
            `round ${Math.min(rounds.done + 1, rounds.all)} of ${rounds.mayEndEarly ? 'at most ' : ''}${rounds.all}, ${rounds.mayEndEarly ? 'at most' : 'about'} ${formatSpan(left)} left`,
          );
    return [head, ...steps, load === '' ? '' : `    ${pc.cyan(load)}`].filter((line) => line !== '').join('\n');
  };
  const timer = setInterval(() => draw(status()), redrawMs);
  const note = (event: LabEvent) => {
    switch (event.type) {
      case 'run-started':
        rounds = {
          done: 0,
          all: event.rounds,
          mayEndEarly: event.experiment.looks !== null || event.experiment.budgetMs !== null,
        };
        endsAtMs = Date.now() + event.estimateMs;
        break;
      case 'step-started':
        open.set(event.stepId, { title: event.title, atMs: event.atMs, depth: event.parentId === null ? 0 : 1 });
        break;
      case 'step-ended':
        open.delete(event.stepId);
        load = '';
        break;
      case 'round-ended':
        rounds = { ...rounds, done: rounds.done + (event.round.attempt === 1 ? 1 : 0) };
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
