import { failures } from './failure.ts';
import { endOf, problemsOf } from './judge.ts';
import type { Trial } from './trial.ts';

/** One row a route, one column a failure: how many runs completed, failed in one sentence, never came to the call, and were found wrong. Pure. */
export function tableOf(trials: readonly Trial[]): string {
  const routes = [...new Set(trials.map(routeIn))].toSorted();
  const rows = routes.map((route) => {
    const cells = failures.map((failure) =>
      cellOf(trials.filter((trial) => routeIn(trial) === route && trial.fault?.failure === failure)),
    );
    return `| ${[route, ...cells].join(' | ')} |`;
  });
  return [`| call | ${failures.join(' | ')} |`, `| --- |${' --- |'.repeat(failures.length)}`, ...rows].join('\n');
}

function routeIn({ fault }: Trial): string {
  return fault === null ? '' : `${fault.call.method} ${fault.call.route}`;
}

function cellOf(trials: readonly Trial[]): string {
  const count = (end: ReturnType<typeof endOf>) => trials.filter((trial) => endOf(trial) === end).length;
  const wrong = trials.filter((trial) => problemsOf(trial).length > 0).length;
  const parts = [
    [count('completed'), 'completed'],
    [count('failed'), 'failed'],
    [count('not asked'), 'not asked'],
    [wrong, 'WRONG'],
  ] as const;
  return parts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(', ');
}
