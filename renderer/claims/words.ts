import type { ClaimOutcome, Evidence, JudgedClaim } from '../../engine/model/index.ts';

export const outcomeWords: Readonly<Record<ClaimOutcome, { text: string; tone: 'good' | 'warn' | 'bad' | 'plain' }>> = {
  holds: { text: 'Holds here', tone: 'good' },
  'does-not-hold': { text: 'Does not hold here', tone: 'bad' },
  mixed: { text: 'Partly', tone: 'warn' },
  'no-difference': { text: 'No difference that matters', tone: 'plain' },
  undecided: { text: 'Not decided', tone: 'plain' },
  'not-measured': { text: 'Not measured', tone: 'plain' },
};

export const evidenceWords: Readonly<
  Record<Evidence['says'], { text: string; tone: 'good' | 'warn' | 'bad' | 'plain' }>
> = {
  for: { text: 'as said', tone: 'good' },
  against: { text: 'the other way round', tone: 'bad' },
  same: { text: 'no difference', tone: 'plain' },
  undecided: { text: 'not decided', tone: 'plain' },
  given: { text: 'by what a cut is', tone: 'plain' },
};

export const sides: readonly { side: JudgedClaim['side']; title: string }[] = [
  { side: 'for', title: 'Said for microservices' },
  { side: 'neither', title: 'Said of both' },
  { side: 'against', title: 'Said against microservices' },
];

/** What was looked at, and what was left out and why, as one sentence or two. Pure. */
export function judgedFrom({ results, others, machine }: { results: number; others: number; machine: string }): string {
  const some = (count: number): string => (count === 1 ? '1 stored result' : `${count} stored results`);
  const left =
    others === 0
      ? ''
      : ` ${some(others)} ${others === 1 ? 'is' : 'are'} left out: of another source, machine, runtime, budget, load or settings, or measured anew since. Numbers that were measured differently are not one answer.`;
  return results === 0
    ? `Nothing that is stored was measured with this source on this machine (${machine}).${left}`
    : `Judged from ${some(results)} of this source on this machine (${machine}).${left}`;
}
