import type { MachineNow } from '../../engine/model/index.ts';
import { formatShare } from '../../report/index.ts';

/** Why it is not quiet, and which programs use most, one sentence. */
export function loudSentence({ reasons, loudest }: Pick<MachineNow, 'reasons' | 'loudest'>): string {
  const why = reasons.join('; ');
  const who = loudest.map(({ name, share }) => `${name} ${formatShare(share)}`).join(', ');
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}.${who === '' ? '' : ` Most of it: ${who}.`}`;
}

/** What the gauge says: of the moment before a run, and of the last finished round during one. Pure. */
export function gaugeOf(
  now: MachineNow | null,
  lastRound: { reasons: readonly string[] } | null,
): { tone: 'good' | 'bad'; text: string; detail: string } | null {
  if (lastRound !== null) {
    return lastRound.reasons.length === 0
      ? { tone: 'good', text: 'Quiet machine', detail: 'Nothing disturbed the last round.' }
      : { tone: 'bad', text: 'Disturbed', detail: `In the last round: ${lastRound.reasons.join('; ')}.` };
  }
  if (now === null) return null;
  return now.quiet
    ? { tone: 'good', text: 'Quiet machine', detail: 'Other programs leave the processors alone.' }
    : { tone: 'bad', text: 'Not quiet', detail: loudSentence(now) };
}
