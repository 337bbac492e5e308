import type { GateCheck, Round } from './result.ts';

/** More rounds than this share disturbed is no quiet machine, however it was before the first of them. */
const mostDisturbed = 0.5;

/** The checks with quietness judged by every round that was measured, not by the moment before the first. Pure. */
export function quietOverTheRun(checks: readonly GateCheck[], rounds: readonly Pick<Round, 'status'>[]): GateCheck[] {
  const measured = rounds.filter(({ status }) => status === 'completed' || status === 'disturbed').length;
  const disturbed = rounds.filter(({ status }) => status === 'disturbed').length;
  if (disturbed === 0) return [...checks];
  return checks.map((check) => {
    if (check.name !== 'quiet') return check;
    const detail = `${disturbed} of ${measured} measured rounds were disturbed; before the first: ${check.detail}`;
    return {
      ...check,
      detail,
      status: check.status === 'declared' ? 'declared' : disturbed > mostDisturbed * measured ? 'fail' : check.status,
    };
  });
}
