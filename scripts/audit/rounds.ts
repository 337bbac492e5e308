import { definitions } from './catalogue.ts';
import { own } from './own.ts';
import type { Finding, Generator, Round } from './result-file.ts';

const RANKS: Partial<Record<Round['status'], number>> = { completed: 0, disturbed: 1, invalid: 2 };

/** The round that stands for a variant in each block: the best, the last among equals; null where there is none. */
export function chosenRounds(
  rounds: readonly Round[],
  variant: string,
  replica: boolean,
  blocks: number,
): (Round | null)[] {
  return Array.from({ length: blocks }, (_, block) => {
    const tried = rounds
      .filter((round) => round.block === block && round.variant === variant && round.replica === replica)
      .filter(({ status }) => RANKS[status] !== undefined)
      .toSorted((a, b) => (RANKS[b.status] ?? 0) - (RANKS[a.status] ?? 0) || a.attempt - b.attempt);
    return tried.at(-1) ?? null;
  });
}

/** Whether the generator shaped this number of the round, so that it is left out where others are sound. */
export function isSpoilt(round: Round, metric: string, scope: Finding['scope']): boolean {
  const question = own(definitions, metric)?.question;
  if (question === 'latency' && scope.rate !== undefined)
    return round.higher !== null && !round.higher.load.generator.valid && touches(round.higher.load.generator, metric);
  if (question === 'latency') return round.status === 'invalid' && touches(round.latency?.generator, metric);
  if (question === 'storm') return (round.generators['storm again'] ?? round.generators['storm'])?.saturated === true;
  if (question === 'fault') return round.generators['isolation']?.saturated === true;
  return false;
}

/** Late starts leave alone what does not count from the intended start, and the median unless it was shifted itself. */
function touches(generator: Generator | undefined, metric: string): boolean {
  if (generator === undefined || generator.saturated || generator.shifted.length === 0) return true;
  if (metric === 'service-p50' || metric === 'availability') return false;
  return metric === 'response-p50' ? generator.shifted.includes('p50') : true;
}
