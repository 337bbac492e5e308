import { movedClocks } from './moved-clocks.ts';
import { probeDescriptions } from './probe/compose.ts';
import { negative } from './probe/impossible-time.ts';
import type { Round } from './result.ts';

/** Times of a round that cannot be, each in words: then some clock was not what it was taken for, and no number of the round is to be believed. Pure. */
export function impossibleTimes(round: Round): string[] {
  return [
    ...movedClocks(round.clocks),
    ...negative('the round took', round.durationMs),
    ...probeDescriptions.flatMap(([, probe]) => probe.impossibleTimes?.(round) ?? []),
  ];
}

/** Why nothing in a round can be believed, whatever its generator says, each in words; empty where nothing speaks against it. Pure. */
export function whyUnbelievable(round: Round): string[] {
  return [...impossibleTimes(round), ...round.changed];
}
