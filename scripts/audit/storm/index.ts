import { headline } from '../definition.ts';
import { exactly } from '../numbers.ts';
import { LOST, WRONG, type AuditedProbe, type Reading } from '../probe.ts';
import type { Generator, RoundBase } from '../round.ts';
import { weathered, type StormFields, type Weathered } from './weathered.ts';

export type { StormFields } from './weathered.ts';

type Round = RoundBase & StormFields;

export const storm: AuditedProbe<Round> = {
  definitions: {
    'storm-good-share': { question: 'storm', scale: 'share', margin: 0.05, better: 'higher', ...headline },
    'retry-amplification': { question: 'storm', scale: 'difference', margin: 0.1, better: 'lower' },
    'storm-recovery': { question: 'storm', scale: 'difference', margin: 500, better: 'lower', step: 250, ...headline },
  },
  units: { 'storm-good-share': 'share', 'retry-amplification': 'count', 'storm-recovery': 'ms' },
  faults: ({ storm: one }) => (one?.label === undefined ? [] : [one.label]),
  part: () => 'storm',
  badness: (round, part, application) => {
    if (part !== 'storm') return undefined;
    if (round.storm?.status !== 'applied') return round.storm?.status === 'cannot-happen' ? 0 : LOST;
    if (weathered(round, application) === null) return LOST;
    const last = lastGenerator(round);
    return last?.saturated === true ? WRONG : Number((last?.disturbances.length ?? 0) > 0);
  },
  isSpoilt: (round) => lastGenerator(round)?.saturated === true,
  value: (round, metric, { fault }, reading) => {
    const all = seen(round, fault, reading);
    switch (metric) {
      case 'storm-good-share':
        return all === null || all.through.trials === 0 ? null : exactly(all.through.successes / all.through.trials);
      case 'retry-amplification':
        return exactly(all?.amplification);
      case 'storm-recovery':
        return all?.recover ?? null;
      default:
        return undefined;
    }
  },
  counts: (round, metric, { fault }, reading) => {
    const through = metric === 'storm-good-share' ? (seen(round, fault, reading)?.through ?? null) : null;
    return through === null || through.trials === 0 ? null : through;
  },
};

/** The generator of the load that counts: a beginning that was not steady has a second chance. */
function lastGenerator({ generators }: RoundBase): Generator | undefined {
  return generators['storm again'] ?? generators['storm'];
}

/** What follows of the round's storm where it has that label; null where it was not raised. */
function seen(round: Round, label: string | undefined, { application, once }: Reading): Weathered | null {
  if (round.storm?.label !== label) return null;
  return once(`${round.id} storm`, () => weathered(round, application));
}
