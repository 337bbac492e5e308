import { headline } from '../definition.ts';
import { exactly } from '../numbers.ts';
import { LOST, WRONG, type AuditedProbe, type Reading } from '../probe.ts';
import type { RoundBase } from '../round.ts';
import { slicesTouching, slicesWithin } from '../windows.ts';
import { outcomeOf, type IsolationFields, type Outcome } from './fault.ts';

export type { IsolationFields } from './fault.ts';

const WITHHELD_MOST = 0.005;
type Round = RoundBase & IsolationFields;

export const isolation: AuditedProbe<Round> = {
  definitions: {
    'isolation-index': { question: 'fault', scale: 'share', margin: 0.05, better: 'higher' },
    'fault-breadth': { question: 'fault', scale: 'share', margin: 0.05, better: 'lower' },
    'fault-severity': { question: 'fault', scale: 'share', margin: 0.05, better: 'lower' },
    'lost-good-requests': { question: 'fault', scale: 'count', margin: 5, better: 'lower', ...headline },
    'time-to-recover': { question: 'fault', scale: 'difference', margin: 500, better: 'lower', step: 250 },
  },
  units: {
    ...{ 'lost-good-requests': 'requests', 'isolation-index': 'share', 'fault-breadth': 'share' },
    ...{ 'fault-severity': 'share', 'time-to-recover': 'ms' },
  },
  // A control is no fault.
  faults: ({ isolation: done }) => done.map(({ label }) => label).filter((one) => !one.startsWith('none(')),
  part: ({ fault }) => `isolation: ${fault}`,
  badness: (round, part) => {
    if (!part.startsWith('isolation: ')) return undefined;
    const fault = round.isolation.find(({ label }) => `isolation: ${label}` === part);
    if (fault?.status !== 'applied') return fault?.status === 'cannot-happen' ? 0 : LOST;
    if (round.generators['isolation']?.saturated === true) return WRONG;
    const until = slicesWithin(round.lines['isolation'] ?? [], -Infinity, fault.watchedUntilMs ?? -Infinity);
    const seen = slicesTouching(until, fault.effectAtMs ?? Infinity, Infinity);
    const all = seen.reduce((total, { lengthMs }) => total + lengthMs, 0);
    return Number(seen.reduce((total, { withheldMs }) => total + withheldMs, 0) > WITHHELD_MOST * all);
  },
  isSpoilt: ({ generators }) => generators['isolation']?.saturated === true,
  value: (round, metric, { fault = '' }, reading) => {
    const outcome = seen(round, fault, reading);
    switch (metric) {
      case 'isolation-index':
        return exactly(outcome?.index);
      case 'fault-breadth':
        return exactly(outcome?.breadth);
      case 'fault-severity':
        return exactly(outcome?.severity);
      case 'lost-good-requests':
        return exactly(outcome?.lost);
      case 'time-to-recover':
        return outcome?.recover ?? null;
      default:
        return undefined;
    }
  },
  counts: (round, metric, { fault = '' }, reading) => {
    const outcome = seen(round, fault, reading);
    switch (metric) {
      case 'lost-good-requests':
        return outcome === null ? null : { successes: Math.round(outcome.lost), trials: outcome.wanted };
      case 'fault-severity': {
        const all = outcome?.indexCounts.all;
        return all === undefined ? null : { successes: all.wanted - all.good, trials: all.wanted };
      }
      case 'isolation-index': {
        const unneeding = outcome?.indexCounts.unneeding;
        return unneeding === undefined || unneeding.wanted === 0
          ? null
          : { successes: unneeding.good, trials: unneeding.wanted };
      }
      default:
        return null;
    }
  },
};

/** The outcome of the fault with that label in a round; null where it was not done. */
function seen(round: Round, label: string, { application, once }: Reading): Outcome | null {
  return once(`${round.id} fault ${label}`, () => {
    const fault = round.isolation.find((one) => one.label === label);
    return fault === undefined ? null : outcomeOf(fault, round, application);
  });
}
