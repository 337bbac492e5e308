import { checksOfChanged } from './changed-units.ts';
import { quietOverTheRun } from './quiet-over-the-run.ts';
import type { GateCheck, Round } from './result.ts';

/** The checks as they are once all rounds were measured: quietness by all of them, and what was otherwise by the end of one is said where it was called alike. Pure. */
export function gateOverTheRun(
  checks: readonly GateCheck[],
  rounds: readonly Pick<Round, 'status' | 'latency' | 'quietness' | 'changed'>[],
): GateCheck[] {
  const changed = rounds.map((round) => checksOfChanged(round.changed));
  return quietOverTheRun(checks, rounds).map((check) => {
    const times = changed.filter((names) => names.has(check.name)).length;
    if (times === 0) return check;
    const others = `otherwise by the end of ${times} of ${rounds.length} deployments, ${times === 1 ? 'which does' : 'which do'} not count`;
    return { ...check, detail: `${check.detail}; ${others}` };
  });
}
