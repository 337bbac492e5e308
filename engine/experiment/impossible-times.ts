import { negative, probeDescriptions, type Round } from '../model/index.ts';

/** Times of a round that cannot be, each in words: then some clock was not what it was taken for, and no number of the round is to be believed. Pure. */
export function impossibleTimes(round: Round): string[] {
  return [
    ...negative('the round took', round.durationMs),
    ...probeDescriptions.flatMap(([, probe]) => probe.impossibleTimes?.(round) ?? []),
  ];
}
